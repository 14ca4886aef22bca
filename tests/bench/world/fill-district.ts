import { setTimeout as pause } from 'node:timers/promises'
import { maxEventsPerRequest } from '../../../shared/wire/exchange.ts'
import type { OwnEvent } from '../../../shared/wire/own-event.ts'
import { enrolDesk } from '../../harness/desk-client.ts'
import type { DistrictProcess } from './district-process.ts'
import { registerOf } from './register.ts'

/** Half of what one message may carry: events are counted in characters here, in bytes there. */
const pageChars = 2 * 1024 * 1024

const eventsPerProgress = 20_000

export interface FillWish {
  readonly unitId: string
  readonly dossiers: number
  readonly seed: number
  readonly say: (line: string) => void
}

/** Another desk of the unit worked for months and handed everything in, in large pages through the real exchange. */
export async function fillDistrict(
  district: DistrictProcess,
  { unitId, dossiers, seed, say }: FillWish,
): Promise<{ readonly events: number }> {
  const desk = await enrolDesk(district.url, district.code(unitId, 'Quầy 2'), 'Quầy 2')
  const { unit, deskId, lane, publications } = desk.enrolment
  say(`making ${dossiers} dossiers`)
  const texts = registerOf({ unit, deskId, lane, publications }, { dossiers, seed }).map((event) =>
    JSON.stringify(event),
  )
  // Making them took long without a turn of the event loop: a connection the district closed meanwhile is noticed now.
  await pause(100)
  let sent = 0
  for (const page of pages(texts)) {
    const own: OwnEvent[] = page.map((text) => desk.chain(text))
    const reply = await desk.exchange(own)
    const bad = reply.verdicts.find((verdict) => verdict.verdict !== 'accepted' || verdict.findings.length > 0)
    if (bad) throw new Error(`a generated event was not accepted as it is: ${JSON.stringify(bad)}`)
    const before = sent
    sent += page.length
    if (Math.floor(sent / eventsPerProgress) > Math.floor(before / eventsPerProgress) || sent === texts.length) {
      say(`the district holds ${sent} of ${texts.length} events`)
    }
  }
  return { events: texts.length }
}

function pages(texts: readonly string[]): readonly (readonly string[])[] {
  const made: string[][] = []
  let chars = 0
  for (const text of texts) {
    const page = made.at(-1)
    chars += text.length
    if (!page || page.length >= maxEventsPerRequest || chars > pageChars) {
      made.push([text])
      chars = text.length
    } else {
      page.push(text)
    }
  }
  return made
}
