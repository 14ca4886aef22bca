import type { Role } from '../law/staff.ts'
import type { CommandType } from './command.ts'
import type { FieldPart } from './correction.ts'
import type { DossierStatus } from './dossier.ts'

/** Which role may give which order (NĐ 61/2018/NĐ-CP Điều 8–9). A leader may stand in for anyone. */
export const commandsOfRole = {
  reception: ['receive-dossier', 'refuse-intake', 'hand-over', 'correct-dossier', 'withdraw-returned', 'add-note'],
  specialist: ['start-processing', 'finish-dossier', 'correct-dossier', 'withdraw-returned', 'add-note'],
  leader: [
    'receive-dossier',
    'refuse-intake',
    'start-processing',
    'finish-dossier',
    'hand-over',
    'correct-dossier',
    'withdraw-returned',
    'close-finding',
    'add-note',
  ],
} as const satisfies Record<Role, readonly CommandType[]>

/** Which orders make sense in which status; `none` is a dossier that does not exist yet. */
export const commandsInStatus = {
  none: ['receive-dossier', 'refuse-intake'],
  received: ['start-processing', 'finish-dossier', 'correct-dossier', 'withdraw-returned', 'close-finding', 'add-note'],
  'in-processing': ['finish-dossier', 'correct-dossier', 'withdraw-returned', 'close-finding', 'add-note'],
  finished: ['hand-over', 'correct-dossier', 'withdraw-returned', 'close-finding', 'add-note'],
  'handed-over': ['correct-dossier', 'withdraw-returned', 'close-finding', 'add-note'],
  refused: ['withdraw-returned', 'close-finding', 'add-note'],
} as const satisfies Record<DossierStatus | 'none', readonly CommandType[]>

/** Which part of a dossier a role may correct: the counter what it took in, the specialist what it issued. */
const partsOfRole = {
  reception: ['applicant', 'declaration', 'documents'],
  specialist: ['deliverable'],
  leader: ['applicant', 'declaration', 'documents', 'deliverable'],
} as const satisfies Record<Role, readonly FieldPart[]>

export function mayCorrect(role: Role, part: FieldPart): boolean {
  return (partsOfRole[role] as readonly FieldPart[]).includes(part)
}

export function isPermitted(role: Role, command: CommandType): boolean {
  return (commandsOfRole[role] as readonly CommandType[]).includes(command)
}

export function isPossible(status: DossierStatus | 'none', command: CommandType): boolean {
  return (commandsInStatus[status] as readonly CommandType[]).includes(command)
}
