import { expect, onTestFinished, test } from 'vitest'
import type { DecidingDesk } from '../../electron/commands/decision-context.ts'
import { applyReply } from '../../electron/exchange/apply-reply.ts'
import { rebaseLostRaces } from '../../electron/exchange/rebase.ts'
import { outboxOf } from '../../electron/projection/outbox.ts'
import type { DossierId, EventId } from '../../shared/core/ids.ts'
import type { ExchangeReply } from '../../shared/wire/exchange.ts'
import { protocolVersion } from '../../shared/wire/protocol.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()
const farTooOften = 50

/** A desk with a note on a dossier, of which no exchange has begun. */
async function deskWithNote() {
  const district = await cluster.district()
  onTestFinished(() => district.close())
  const desk = await openNodeDesk({ folder: tempFolder() })
  onTestFinished(() => desk.close())
  await enrolDesk(desk, district.url, await district.code(), 'Quầy 1')
  await signIn(desk, 'goi.son')
  const dossierId = newId() as DossierId
  await execute(desk, receiveCommand(procedureOf('2.000815'), dossierId))
  await execute(desk, { type: 'add-note', dossierId, text: 'Đã gọi cho người nộp' })
  const deciding = desk.findDeciding()
  const note = deciding && [...deciding.journal.index.unsent.keys()].at(-1)
  if (!deciding || !note) throw new Error('a desk with a note')
  return { desk: deciding, note }
}

test('refused again and again, an act is decided again twenty times and then left to its officer', async () => {
  const { desk, note } = await deskWithNote()
  const { journal } = desk
  let last = note
  let decidedAgain = 0
  while (decidedAgain < farTooOften) {
    await applyReply(journal, refusalOf(desk, last))
    if ((await rebaseLostRaces(desk)) === 0) break
    decidedAgain += 1
    last = [...journal.index.unsent.keys()].at(-1) ?? last
  }
  expect(decidedAgain).toBe(20)
  const no = () => false
  const { entries } = await outboxOf(journal, no, no, 10)
  const told = entries.find(({ eventId }) => eventId === last)
  expect(told).toMatchObject({ type: 'note-added', state: 'returned', code: 'dossier/changed-meanwhile' })
})

function refusalOf({ journal, identity }: DecidingDesk, eventId: EventId): ExchangeReply {
  return {
    protocol: protocolVersion,
    unitId: identity.unitId,
    deskId: identity.deskId,
    time: '2022-08-17T02:00:00.000Z',
    verdicts: [{ eventId, verdict: 'refused', code: 'dossier/changed-meanwhile' }],
    events: [],
    cursor: { epoch: 'e', seq: 0 },
    more: false,
    ownHead: journal.index.chain,
    publications: {},
    signature: '',
  }
}
