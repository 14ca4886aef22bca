import { expect, test } from 'vitest'
import type { DossierId } from '../../../shared/core/ids.ts'
import type { Command } from '../../../shared/domain/command.ts'
import { decide } from '../../../shared/domain/decide.ts'
import type { StoredEvent } from '../../../shared/domain/event.ts'
import { foldDossier } from '../../../shared/domain/fold.ts'
import { catalogue, procedureOf } from '../../harness/catalogue.ts'
import { contextAt } from '../../harness/decision-context.ts'
import { declarationFor, documentsFor, receiveCommand } from '../../harness/sample-commands.ts'
import { sampleId } from '../../harness/sample-events.ts'

const id = sampleId(77) as DossierId
const certifiedCopy = procedureOf('2.000815')
const received = (change = {}) =>
  decide(undefined, receiveCommand(certifiedCopy, id, change), contextAt(1, 'reception'))

function history(...commands: readonly Command[]): readonly StoredEvent[] {
  return commands.reduce<readonly StoredEvent[]>((events, command, step) => {
    const decision = decide(foldDossier(events), command, contextAt(step + 1))
    if (!decision.ok) throw new Error(decision.error.code)
    return [...events, decision.value]
  }, [])
}

const finish: Command = {
  type: 'finish-dossier',
  dossierId: id,
  deliverable: { name: 'Bản sao chứng thực', number: '12' },
}
const handOver: Command = { type: 'hand-over', dossierId: id, recipient: { name: 'Nguyễn Văn Thử' }, method: 'counter' }

test('every procedure of the catalogue in force in 2022 or today can be received', () => {
  for (const on of ['2022-08-17T01:00:00.000Z', '2026-11-23T01:00:00.000Z']) {
    for (const { code } of catalogue.procedures) {
      const context = contextAt(1, 'reception', on)
      const procedure = context.law.findProcedure(code)
      if (!procedure) continue
      const decision = decide(undefined, receiveCommand(procedure, id), context)
      expect(decision.ok ? 'received' : [code, on, decision.error]).toBe('received')
    }
  }
})

test('the receipt states number, fee and due date by rule', () => {
  const decision = received()
  expect(decision).toMatchObject({
    ok: true,
    value: {
      type: 'dossier-received',
      seq: 1,
      body: {
        number: { text: '000.00.18.H40-220817-0002', on: '2022-08-17', ordinal: 2 },
        fee: { amountVnd: 8000 },
        due: { dueAt: '2022-08-17T10:00:00.000Z', verified: true },
      },
    },
  })
})

test.each([
  [
    'a specialist may not receive',
    () => decide(undefined, receiveCommand(certifiedCopy, id), contextAt(1, 'specialist')),
    'staff/not-permitted',
  ],
  [
    'the counter may not finish',
    () => decide(foldDossier(history(receiveCommand(certifiedCopy, id))), finish, contextAt(2, 'reception')),
    'staff/not-permitted',
  ],
  [
    'a specialist may not hand over',
    () => decide(foldDossier(history(receiveCommand(certifiedCopy, id))), handOver, contextAt(2, 'specialist')),
    'staff/not-permitted',
  ],
  ['an unknown procedure', () => received({ procedureCode: '9.999999' }), 'procedure/unknown'],
  [
    'an applicant without a name',
    () => received({ applicant: { kind: 'person', name: '  ' } }),
    'dossier/applicant-incomplete',
  ],
  ['a declaration with a gap', () => received({ declaration: {} }), 'dossier/declaration-incomplete'],
  ['a missing mandatory document', () => received({ documents: [] }), 'dossier/documents-missing'],
  ['a dossier nobody received', () => decide(undefined, handOver, contextAt(1)), 'dossier/not-found'],
  [
    'receiving the same dossier twice',
    () =>
      decide(foldDossier(history(receiveCommand(certifiedCopy, id))), receiveCommand(certifiedCopy, id), contextAt(2)),
    'dossier/already-exists',
  ],
  [
    'handing over what is not finished',
    () => decide(foldDossier(history(receiveCommand(certifiedCopy, id))), handOver, contextAt(2)),
    'dossier/wrong-status',
  ],
])('refused: %s', (_name, run, code) => {
  expect(run()).toMatchObject({ ok: false, error: { code } })
})

test('a refused intake takes no number', () => {
  let taken = 0
  const context = contextAt(1, 'reception')
  const counting = {
    ...context,
    takeNumber: () => {
      taken += 1
      return context.takeNumber()
    },
  }
  decide(undefined, receiveCommand(certifiedCopy, id, { documents: [] }), counting)
  expect(taken).toBe(0)
  decide(undefined, receiveCommand(certifiedCopy, id), counting)
  expect(taken).toBe(1)
})

test('the simple life of a dossier: received, in processing, finished, handed over', () => {
  const events = history(
    receiveCommand(certifiedCopy, id),
    { type: 'start-processing', dossierId: id },
    { type: 'add-note', dossierId: id, text: 'Đã đối chiếu bản chính' },
    finish,
    handOver,
  )
  const dossier = foldDossier(events)
  expect(dossier).toMatchObject({
    seq: 5,
    newerEvents: 0,
    state: { status: 'handed-over', deliverable: { number: '12' } },
  })
  expect(dossier?.notes).toHaveLength(1)
})

test('refusing at the counter makes a dossier that is only noted', () => {
  const applicant = { kind: 'person', name: 'Trần Thị Mẫu' } as const
  const events = history({
    type: 'refuse-intake',
    dossierId: id,
    procedureCode: '1.001193',
    applicant,
    reason: 'Không thuộc thẩm quyền',
  })
  const dossier = foldDossier(events)
  expect(dossier?.state).toMatchObject({ status: 'refused', reason: 'Không thuộc thẩm quyền' })
  expect(decide(dossier, finish, contextAt(2))).toMatchObject({ ok: false, error: { code: 'dossier/wrong-status' } })
})

test('an event of a newer version makes the dossier read-only here, and is kept', () => {
  const [first] = history(receiveCommand(certifiedCopy, id))
  if (!first) throw new Error('no event')
  const newer = { ...first, id: sampleId(9) as StoredEvent['id'], seq: 2, type: 'sealed-by-drone', body: { a: 1 } }
  const dossier = foldDossier([first, newer])
  expect(dossier).toMatchObject({ seq: 2, newerEvents: 1 })
  expect(decide(dossier, finish, contextAt(3))).toMatchObject({
    ok: false,
    error: { code: 'dossier/made-by-newer-version' },
  })
})

test('the harness itself leaves nothing mandatory out', () => {
  const birth = procedureOf('1.001193')
  expect(documentsFor(birth).length).toBeGreaterThan(0)
  expect(Object.keys(declarationFor(birth)).length).toBeGreaterThan(5)
})
