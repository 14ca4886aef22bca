import { expect, test } from 'vitest'
import { judgeBatch } from '../../../district/exchange/judge-batch.ts'
import { readBatch } from '../../../district/exchange/read-batch.ts'
import type { LawBooks } from '../../../district/law/law-books.ts'
import type { Desk } from '../../../district/store/desks.ts'
import type { AdmissionContext } from '../../../shared/domain/admission.ts'
import { calendar, catalogue } from '../../harness/catalogue.ts'
import { sampleDeskId, sampleReception, sampleUnitId } from '../../harness/sample-events.ts'

const desk = { deskId: sampleDeskId, unitId: sampleUnitId } as Desk
const empty = {
  seq: 0,
  accepted: new Map(),
  refused: new Map(),
  refusedPlaces: [],
  parkedBefore: new Set<string>(),
  dossiers: new Map(),
  numbers: new Map(),
}
const chain = { n: 1, salt: '0'.repeat(32), bodyHash: '0'.repeat(64), link: '0'.repeat(64) }

test('an event the rules break down on is refused by itself and reported; the others pass', async () => {
  let asked = 0
  const context: AdmissionContext = {
    calendar,
    catalogueVersion: catalogue.version,
    findProcedure: () => undefined,
    findStaff: () => {
      asked += 1
      if (asked === 1) throw new Error('a rule that reckons with a moment there is not')
      return undefined
    },
  }
  const books: LawBooks = { newestFor: () => ({}), contextFor: () => context }
  const events = [sampleReception(1, 1, 1), sampleReception(2, 2, 2)]
  const batch = await readBatch(
    events.map((event, at) => ({ text: JSON.stringify(event), chain: { ...chain, n: at + 1 } })),
  )
  if (!batch.ok) throw new Error(batch.error)
  const judged = await judgeBatch(desk, batch.value, empty, books, '2022-08-17T02:00:00.000Z')
  expect(judged.verdicts).toMatchObject([{ verdict: 'refused', code: 'event/malformed' }, { verdict: 'accepted' }])
  expect(judged.incidents).toEqual([{ code: 'event/unjudgeable', subject: events[0]?.id }])
})
