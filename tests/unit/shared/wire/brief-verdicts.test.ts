import { expect, test } from 'vitest'
import type { EventId } from '../../../../shared/core/ids.ts'
import { fillInVerdicts, shortenVerdicts } from '../../../../shared/wire/brief-verdicts.ts'
import type { Verdict } from '../../../../shared/wire/exchange.ts'
import { sampleId } from '../../../harness/sample-events.ts'

const noon = '2022-08-17T05:00:00.000Z'
const id = (number: number) => sampleId(number) as EventId

function accepted(number: number, seq: number, more: Partial<Extract<Verdict, { verdict: 'accepted' }>> = {}): Verdict {
  return { eventId: id(number), verdict: 'accepted', seq, receivedAt: noon, findings: [], ...more }
}

const mixed: readonly Verdict[] = [
  accepted(1, 10),
  accepted(2, 11),
  accepted(3, 12, { findings: [{ code: 'finding/lost-race' }] }),
  accepted(4, 13),
  { eventId: id(5), verdict: 'refused', code: 'dossier/changed-meanwhile' },
  accepted(6, 14),
  // Told again: it got its place before.
  accepted(7, 3, { receivedAt: '2022-08-16T05:00:00.000Z' }),
  accepted(8, 15),
  { eventId: id(9), verdict: 'parked', waitsFor: 4 },
]

test('verdicts in brief are filled in to the letter: the signature is of these', () => {
  const ids = mixed.map(({ eventId }) => eventId)
  expect(JSON.stringify(fillInVerdicts(shortenVerdicts(mixed), ids))).toBe(JSON.stringify(mixed))
  expect(fillInVerdicts(mixed, ids)).toEqual(mixed)
})

test('a day without findings is one run', () => {
  const day = Array.from({ length: 900 }, (_, at) => accepted(at + 1, at + 40))
  expect(shortenVerdicts(day)).toEqual([{ accepted: 900, seq: 40, receivedAt: noon }])
})

test('a run longer than what was asked about names nobody else', () => {
  const run = { accepted: 1e9, seq: 1, receivedAt: noon }
  expect(fillInVerdicts([run, run], [id(1), id(2)])).toEqual([accepted(1, 1), accepted(2, 2)])
  expect(fillInVerdicts([{ accepted: 'many' }, null, 'x'], [id(1)])).toEqual([null, 'x'])
})
