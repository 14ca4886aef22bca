import { assertNever } from '../core/assert.ts'
import type { Command } from './command.ts'
import type { DossierEvent } from './event.ts'

/**
 * The command an event answers. An event states at least what its command asked, so the command need not be stored
 * twice: the district decides it again, and a desk that lost a race rebases it.
 */
export function commandOf(event: DossierEvent): Command {
  const { dossierId } = event
  switch (event.type) {
    case 'dossier-received': {
      const { procedure, channel, applicant, delegate, declaration, documents, fee, due, delivery } = event.body
      return {
        type: 'receive-dossier',
        dossierId,
        procedureCode: procedure.code,
        channel,
        applicant,
        ...(delegate ? { delegate } : {}),
        declaration,
        documents,
        ...(fee.exemption ? { exemption: fee.exemption } : {}),
        ...(fee.enteredVnd === undefined ? {} : { enteredFeeVnd: fee.enteredVnd }),
        ...(due.verified ? {} : { enteredDueAt: due.dueAt }),
        delivery,
      }
    }
    case 'intake-refused':
      return {
        type: 'refuse-intake',
        dossierId,
        procedureCode: event.body.procedure.code,
        applicant: event.body.applicant,
        reason: event.body.reason,
      }
    case 'processing-started':
      return { type: 'start-processing', dossierId, ...event.body }
    case 'dossier-finished':
      return { type: 'finish-dossier', dossierId, ...event.body }
    case 'deliverable-handed-over':
      return { type: 'hand-over', dossierId, ...event.body }
    case 'note-added':
      return { type: 'add-note', dossierId, ...event.body }
    case 'dossier-corrected':
      return { type: 'correct-dossier', dossierId, ...event.body }
    case 'returned-withdrawn':
      return { type: 'withdraw-returned', dossierId, ...event.body }
    case 'finding-closed':
      return { type: 'close-finding', dossierId, ...event.body }
    default:
      return assertNever(event)
  }
}
