import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DossierId, EventId } from '../../shared/core/ids.ts'
import { type AdmissionContext, admit } from '../../shared/domain/admission.ts'
import type { Command } from '../../shared/domain/command.ts'
import { commandOf } from '../../shared/domain/command-of.ts'
import { decide } from '../../shared/domain/decide.ts'
import type { DossierEvent, StoredEvent } from '../../shared/domain/event.ts'
import { foldDossier } from '../../shared/domain/fold.ts'
import { findProcedureVersion } from '../../shared/law/procedure.ts'
import type { Role, StaffMember } from '../../shared/law/staff.ts'
import { calendar, catalogue } from '../harness/catalogue.ts'
import { contextAt } from '../harness/decision-context.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { sampleId, sampleUnitId } from '../harness/sample-events.ts'

const seed = Number(process.env['TEST_SEED'] ?? 20_220_817)
const settings = { seed, numRuns: 300 }
const dossierId = sampleId(42) as DossierId

const roles = fc.constantFrom<Role>('reception', 'specialist', 'leader')
const inForce = catalogue.procedures.filter((procedure) => contextAt(1).law.findProcedure(procedure.code) === procedure)
const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom(...inForce).map((procedure) => receiveCommand(procedure, dossierId)),
  fc.string({ minLength: 1, maxLength: 50 }).map((text): Command => ({ type: 'add-note', dossierId, text })),
  fc.tuple(fc.constantFrom('0912345678', '0987654321', ''), fc.constantFrom('0912345678', '0987654321', '')).map(
    ([from, to]): Command => ({
      type: 'correct-dossier',
      dossierId,
      changes: [{ field: 'applicant.phone', from, to }],
      reason: 'Dân báo lại',
    }),
  ),
  fc.constant<Command>({
    type: 'correct-dossier',
    dossierId,
    changes: [{ field: 'deliverable.number', from: '7', to: '8' }],
  }),
  fc.constant<Command>({
    type: 'withdraw-returned',
    dossierId,
    resolves: sampleId(77) as EventId,
    returnedType: 'note-added',
  }),
  fc.constant<Command>({ type: 'close-finding', dossierId, findingOf: sampleId(78) as EventId, note: 'Đã xem' }),
  fc.constant<Command>({ type: 'start-processing', dossierId, note: 'Giao chuyên môn' }),
  fc.constant<Command>({ type: 'finish-dossier', dossierId, deliverable: { name: 'Trích lục', number: '7' } }),
  fc.constant<Command>({ type: 'hand-over', dossierId, recipient: { name: 'Trần Thị Mẫu' }, method: 'postal' }),
  fc.constant<Command>({
    type: 'refuse-intake',
    dossierId,
    procedureCode: '1.001193',
    applicant: { kind: 'organisation', name: 'Hợp tác xã Kim Thái' },
    reason: 'Không thuộc thẩm quyền',
  }),
)
const steps = fc.array(fc.record({ command: commands, role: roles }), { maxLength: 14 })

function run(plan: readonly { command: Command; role: Role }[]): readonly DossierEvent[] {
  return plan.reduce<readonly DossierEvent[]>((events, { command, role }, step) => {
    const decision = decide(foldDossier(events), command, contextAt(step + 1, role))
    return decision.ok ? [...events, decision.value] : events
  }, [])
}

const admission: AdmissionContext = {
  calendar,
  catalogueVersion: catalogue.version,
  findProcedure: (code, version) => findProcedureVersion(catalogue, code, version),
  findStaff: (staffId) => ({ id: staffId, unitId: sampleUnitId, role: staffId.split('.')[1] as Role }) as StaffMember,
}

test('whatever officers order, in any role and order: each event is the next one, and the district admits all of them without findings', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const events = run(plan)
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
      events.forEach((event, at) => {
        expect(admit(foldDossier(events.slice(0, at)), event, admission)).toEqual({ verdict: 'accepted', findings: [] })
      })
    }),
    settings,
  )
})

test('the command read back from an event decides to the same event', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const events = run(plan)
      events.forEach((event, at) => {
        const role = event.staffId.split('.')[1] as Role
        const context = { ...contextAt(1, role, event.at), eventId: event.id, commandId: event.commandId }
        const number = event.type === 'dossier-received' ? event.body.number : undefined
        const again = decide(
          foldDossier(events.slice(0, at)),
          commandOf(event),
          number ? { ...context, takeNumber: () => ({ ok: true, value: number }) } : context,
        )
        expect(again).toEqual({ ok: true, value: event })
      })
    }),
    settings,
  )
})

test('folding is total: any subset in any order, with strangers between, folds without throwing and counts every event after the first', () => {
  const strangers = fc.record({
    type: fc.string({ maxLength: 20 }),
    body: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<unknown>),
  })
  fc.assert(
    fc.property(steps, fc.array(strangers, { maxLength: 4 }), fc.infiniteStream(fc.nat()), (plan, odd, order) => {
      const events: readonly StoredEvent[] = run(plan)
      const template = events[0]
      if (!template) return
      const mixed = [...events, ...odd.map((stranger): StoredEvent => ({ ...template, ...stranger }))]
      const shuffled = mixed.map((event) => ({ event, key: order.next().value ?? 0 })).sort((a, b) => a.key - b.key)
      const dossier = foldDossier(shuffled.map(({ event }) => event))
      if (dossier) expect(dossier.seq).toBeLessThanOrEqual(mixed.length)
      const inOrder = foldDossier(mixed)
      expect(inOrder?.seq).toBe(mixed.length)
    }),
    settings,
  )
})

test('a lost race: what is not witnessed is refused and may be decided again; what is witnessed stands with a finding', () => {
  fc.assert(
    fc.property(steps, fc.string({ minLength: 1, maxLength: 20 }), (plan, text) => {
      const events = run(plan)
      const base = foldDossier(events)
      if (!base) return
      const ours = decide(base, { type: 'add-note', dossierId, text }, contextAt(90))
      const theirs = decide(base, { type: 'add-note', dossierId, text: 'của quầy khác' }, contextAt(91))
      if (!ours.ok || !theirs.ok) throw new Error('a note is always possible')
      const after = foldDossier([...events, theirs.value])
      expect(admit(after, ours.value, admission)).toEqual({ verdict: 'refused', code: 'dossier/changed-meanwhile' })
      const again = decide(after, commandOf(ours.value), contextAt(92))
      expect(again.ok && admit(after, again.value, admission)).toEqual({ verdict: 'accepted', findings: [] })
      const handOver = {
        ...ours.value,
        type: 'deliverable-handed-over',
        body: { recipient: { name: 'A' }, method: 'counter' },
      }
      const verdict = admit(after, handOver, admission)
      expect(verdict).toMatchObject({ verdict: 'accepted' })
      expect(verdict.verdict === 'accepted' && verdict.findings[0]).toEqual({ code: 'finding/lost-race' })
    }),
    settings,
  )
})

test('an event that comes before its predecessor is parked and told what it waits for', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const events = run(plan)
      const last = events.at(-1)
      if (!last || events.length < 2) return
      expect(admit(undefined, last, admission)).toEqual({ verdict: 'parked', waitsFor: 1 })
    }),
    settings,
  )
})
