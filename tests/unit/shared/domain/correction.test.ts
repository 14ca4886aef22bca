import { expect, test } from 'vitest'
import type { DossierId, EventId } from '../../../../shared/core/ids.ts'
import { type AdmissionContext, admit } from '../../../../shared/domain/admission.ts'
import type { Command } from '../../../../shared/domain/command.ts'
import { commandOf } from '../../../../shared/domain/command-of.ts'
import { answeringChanges, conflictOf, withdrawingChanges } from '../../../../shared/domain/conflict.ts'
import { findFieldText } from '../../../../shared/domain/correction.ts'
import { decide } from '../../../../shared/domain/decide.ts'
import type { Dossier } from '../../../../shared/domain/dossier.ts'
import type { DossierEvent, StoredEvent } from '../../../../shared/domain/event.ts'
import type { FieldChange } from '../../../../shared/domain/field-change.ts'
import { foldDossier } from '../../../../shared/domain/fold.ts'
import { findProcedureVersion } from '../../../../shared/law/procedure.ts'
import type { Role, StaffMember } from '../../../../shared/law/staff.ts'
import { calendar, catalogue, procedureOf } from '../../../harness/catalogue.ts'
import { contextAt } from '../../../harness/decision-context.ts'
import { receiveCommand } from '../../../harness/sample-commands.ts'
import { sampleId, sampleUnitId } from '../../../harness/sample-events.ts'

const dossierId = sampleId(42) as DossierId
const certifiedCopy = procedureOf('2.000815')

function done(history: readonly DossierEvent[], command: Command, step: number, role: Role = 'leader'): DossierEvent {
  const decision = decide(foldDossier(history), command, contextAt(step, role))
  if (!decision.ok) throw new Error(decision.error.code)
  return decision.value
}

function foldOf(history: readonly StoredEvent[]): Dossier {
  const dossier = foldDossier(history)
  if (!dossier) throw new Error('no dossier')
  return dossier
}

const received = () => done([], receiveCommand(certifiedCopy, dossierId), 1)
const correction = (...changes: readonly FieldChange[]): Command => ({
  type: 'correct-dossier',
  dossierId,
  changes: [...changes],
})
const phone = (from: string, to: string): FieldChange => ({ field: 'applicant.phone', from, to })

const admission: AdmissionContext = {
  calendar,
  catalogueVersion: catalogue.version,
  findProcedure: (code, version) => findProcedureVersion(catalogue, code, version),
  findStaff: (staffId) => ({ id: staffId, unitId: sampleUnitId, role: staffId.split('.')[1] as Role }) as StaffMember,
}

test('every kind of field is corrected: applicant, answer, paper, result; the receipt is then to be printed again', () => {
  const first = [received()]
  const before = foldOf(first)
  const paper = before.state.status === 'received' ? before.state.reception.documents[0]?.documentId : ''
  const corrected = [
    ...first,
    done(
      first,
      correction(
        phone('0912345678', '0987654321'),
        { field: 'applicant.address', from: '', to: 'Thôn Tiên Hương' },
        { field: 'declaration.certified.copies', from: '2', to: '5' },
        {
          field: `documents.${paper}.state`,
          from: findFieldText(before, `documents.${paper}.state`) ?? '',
          to: 'copy',
        },
      ),
      2,
    ),
  ]
  const dossier = foldOf(corrected)
  expect(dossier.applicant).toMatchObject({ phone: '0987654321', address: 'Thôn Tiên Hương' })
  expect(findFieldText(dossier, 'declaration.certified.copies')).toBe('5')
  expect(findFieldText(dossier, `documents.${paper}.state`)).toBe('copy')
  expect(dossier.receiptChangedAt).toBe(corrected[1]?.at)

  const finished = [...first, done(first, { type: 'finish-dossier', dossierId, deliverable: { name: 'Bản sao' } }, 3)]
  const numbered = done(finished, correction({ field: 'deliverable.number', from: '', to: '48' }), 4)
  expect(foldOf([...finished, numbered]).state).toMatchObject({ deliverable: { name: 'Bản sao', number: '48' } })
  expect(foldOf([...finished, numbered]).receiptChangedAt).toBeUndefined()
})

test.each<[string, Role, FieldChange, string]>([
  ['a specialist may not correct the applicant', 'specialist', phone('0912345678', '1'), 'staff/not-permitted'],
  ['an unknown field', 'leader', { field: 'fee.amount', from: '', to: '0' }, 'correction/unknown-field'],
  ['no result yet', 'leader', { field: 'deliverable.name', from: '', to: 'x' }, 'correction/unknown-field'],
  [
    'another gender than there is',
    'leader',
    { field: 'applicant.gender', from: '', to: 'x' },
    'correction/unfit-value',
  ],
  [
    'a name taken away',
    'leader',
    { field: 'applicant.name', from: 'Nguyễn Văn Thử', to: '' },
    'correction/unfit-value',
  ],
  ['nothing new', 'leader', phone('0912345678', '0912345678'), 'correction/nothing-changed'],
  ['seen is not what is there', 'leader', phone('0900000000', '1'), 'correction/changed-meanwhile'],
  [
    'an answer the form refuses',
    'leader',
    { field: 'declaration.certified.copies', from: '2', to: 'hai' },
    'dossier/declaration-incomplete',
  ],
])('refused: %s', (_, role, change, code) => {
  const decision = decide(foldOf([received()]), correction(change), contextAt(2, role))
  expect(decision).toMatchObject({ ok: false, error: { code } })
})

test('different fields commute; the same field asked twice for the same text is no conflict; a third text is one', () => {
  const first = [received()]
  const mine = done(first, correction(phone('0912345678', '0900000001')), 2)
  const other = done(first, correction({ field: 'applicant.address', from: '', to: 'Gôi' }), 3)
  const same = done(first, correction(phone('0912345678', '0900000001')), 4)
  const third = done(first, correction(phone('0912345678', '0900000002')), 5)
  const again = (theirs: DossierEvent) => decide(foldOf([...first, theirs]), commandOf(mine), contextAt(6))
  expect(admit(foldOf([...first, other]), mine, admission)).toMatchObject({ code: 'dossier/changed-meanwhile' })
  expect(again(other).ok).toBe(true)
  expect(again(same).ok).toBe(true)
  expect(again(third)).toEqual({
    ok: false,
    error: { code: 'correction/changed-meanwhile', fields: ['applicant.phone'] },
  })
})

test('a conflict names both texts and who put the other there; whatever is chosen, both stay in the history', () => {
  const first = [received()]
  const mine = done(first, correction(phone('0912345678', '0900000001'), address('', 'Gôi')), 2)
  const theirs = done(first, correction(phone('0912345678', '0900000002')), 3)
  const seen = [...first, theirs].map((event) => ({ ...event, eventId: event.id }))
  const dossier = foldOf([...first, theirs])
  const conflict = conflictOf(dossier, { ...mine, eventId: mine.id }, seen)
  expect(conflict.fields).toEqual([
    { field: 'applicant.phone', mine: '0900000001', theirs: '0900000002', theirsBy: theirs.id },
  ])
  const answers: [string, readonly FieldChange[], string][] = [
    ['mine', answeringChanges(dossier, conflict, { 'applicant.phone': '0900000001' }), '0900000001'],
    ['theirs', answeringChanges(dossier, conflict, { 'applicant.phone': '0900000002' }), '0900000002'],
    ['a third', answeringChanges(dossier, conflict, { 'applicant.phone': '0900000003' }), '0900000003'],
    ['let go', withdrawingChanges(dossier, conflict), '0900000002'],
  ]
  for (const [name, changes, phoneNow] of answers) {
    const answer = done(
      [...first, theirs],
      { type: 'correct-dossier', dossierId, changes: [...changes], resolves: mine.id },
      4,
    )
    expect(findFieldText(foldOf([...first, theirs, answer]), 'applicant.phone'), name).toBe(phoneNow)
    expect(JSON.stringify(answer.body), name).toContain('0900000001')
    expect(JSON.stringify(answer.body), name).toContain('0900000002')
    expect(admit(dossier, answer, admission), name).toEqual({ verdict: 'accepted', findings: [] })
  }
})

function address(from: string, to: string): FieldChange {
  return { field: 'applicant.address', from, to }
}

test('two results recorded for one dossier are a conflict of the result, field by field', () => {
  const first = [received()]
  const finish = (number: string): Command => ({
    type: 'finish-dossier',
    dossierId,
    deliverable: { name: 'Bản sao', number },
  })
  const mine = done(first, finish('48'), 2)
  const theirs = done(first, finish('49'), 3)
  const dossier = foldOf([...first, theirs])
  const seen = [...first, theirs].map((event) => ({ ...event, eventId: event.id }))
  expect(conflictOf(dossier, { ...mine, eventId: mine.id }, seen).fields).toEqual([
    { field: 'deliverable.number', mine: '48', theirs: '49', theirsBy: theirs.id },
  ])
})

test('a closed finding stays with the note of the leader', () => {
  const first = [received()]
  const closed = done(
    first,
    { type: 'close-finding', dossierId, findingOf: first[0]?.id as EventId, note: 'Đã xem' },
    2,
  )
  expect(foldOf([...first, closed]).closedFindings).toMatchObject([{ findingOf: first[0]?.id, note: 'Đã xem' }])
  const asOfficer: Command = { type: 'close-finding', dossierId, findingOf: first[0]?.id as EventId, note: 'x' }
  expect(decide(foldOf(first), asOfficer, contextAt(3, 'reception'))).toMatchObject({
    ok: false,
    error: { code: 'staff/not-permitted' },
  })
})

test('behind an event only newer desks understand, an older district takes what follows instead of sending it back', () => {
  const first = [received()]
  const newer: StoredEvent = {
    ...received(),
    id: sampleId(70) as EventId,
    seq: 2,
    type: 'fee-waived',
    body: { by: 'UBND' },
  }
  const dossier = foldOf([...first, newer])
  const note = { ...done(first, { type: 'add-note', dossierId, text: 'Sau đó' }, 5), seq: 3 }
  expect(admit(dossier, note, admission)).toEqual({ verdict: 'accepted', findings: [] })
})
