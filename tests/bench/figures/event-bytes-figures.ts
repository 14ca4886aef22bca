import path from 'node:path'
import type { Desk } from '../../../electron/desk.ts'
import type { CommandId, EventId } from '../../../shared/core/ids.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import { enrolDesk, openNodeDesk } from '../../harness/node-desk.ts'
import { drawFrom } from '../dossiers/random.ts'
import { countedWay } from '../link/count-bytes.ts'
import { ownBatches } from '../link/own-batches.ts'
import type { Part } from '../part.ts'
import { demoNow } from '../world/demo-day.ts'
import { ownRegister } from '../world/own-register.ts'
import { figureOf } from './figure.ts'

const batch = 200

/** Notes of one desk, counted on their way to the district: one alone, and what each more in a batch adds. */
export const eventBytesPart: Part = {
  id: 'bytes',
  what: 'bytes of one small event on the line, alone and in a batch',
  async run({ rounds, folder, emptyDistrict, whenDone }) {
    const district = await emptyDistrict()
    const way = await countedWay(district.url)
    whenDone(async () => way.close())
    const desk = await openNodeDesk({ folder: path.join(folder, 'desk'), demoClock: demoNow() })
    whenDone(desk.close)
    await enrolDesk(desk, district.url, district.code('goi', 'Quầy 1'), 'Quầy 1')
    const identity = desk.identity.current()
    if (!identity) throw new Error('not enrolled')
    await desk.identity.save({ ...identity, districtUrl: way.url })
    const [received] = ownRegister(desk, { dossiers: 1, seed: 1, receptionsOnly: true })
    if (!received) throw new Error('nothing received')
    desk.startExchange()
    const bytesOf = async (events: readonly DossierEvent[]) => {
      const before = way.up()
      await desk.journal.append(ownBatches(desk, events))
      await desk.findExchange()?.now()
      if (desk.journal.index.unsent.size > 0) throw new Error('not everything was handed in')
      return way.up() - before
    }
    await bytesOf([received])
    const alone: number[][] = []
    const batched: number[][] = []
    let seq = 1
    const draw = drawFrom(5)
    const notes = (count: number) => {
      const from = seq + 1
      seq += count
      return Array.from({ length: count }, (_, at) => noteAfter(desk, received, from + at, draw.digits(9)))
    }
    for (let round = 0; round < rounds; round += 1) {
      const one = await bytesOf(notes(1))
      alone.push([one])
      batched.push([((await bytesOf(notes(batch))) - one) / (batch - 1)])
    }
    const unit = 'B'
    return [
      figureOf({
        id: 'event-bytes',
        what: `a note in a batch of ${batch}, without the headers they share`,
        unit,
        rounds: batched,
      }),
      figureOf({
        id: 'event-bytes-alone',
        what: 'a note alone, with request line, headers and signature',
        unit,
        rounds: alone,
      }),
    ]
  },
}

function noteAfter(desk: Desk, received: DossierEvent, seq: number, phone: string): DossierEvent {
  const { unitId, deskId, staffId, dossierId, law } = received
  const at = desk.clock.instant()
  const draw = drawFrom(seq)
  const named = { id: draw.id(Date.parse(at)) as EventId, commandId: draw.id(Date.parse(at)) as CommandId }
  const text = `Đã gọi số máy ${phone}, người nộp hẹn chiều đến lấy.`
  return { ...named, dossierId, unitId, seq, deskId, staffId, at, law, type: 'note-added', body: { text } }
}
