import { maxEventsPerRequest } from '../../../shared/wire/exchange.ts'
import type { OwnEvent } from '../../../shared/wire/own-event.ts'
import { enrolDesk } from '../../harness/desk-client.ts'
import type { DistrictProcess } from './district-process.ts'
import { registerOf } from './register.ts'

/** Half of what one message may carry: events are counted in characters here, in bytes there. */
const pageChars = 2 * 1024 * 1024

export interface Filled {
  readonly dossiers: number
  readonly events: number
  readonly bytes: number
}

/** Another desk of the unit worked for months and handed everything in. */
export async function fillDistrict(
  district: DistrictProcess,
  unitId: string,
  dossiers: number,
  seed: number,
): Promise<Filled> {
  const desk = await enrolDesk(district.url, district.code(unitId, 'Quầy 2'), 'Quầy 2')
  const { unit, deskId, lane, publications } = desk.enrolment
  const texts = registerOf({ unit, deskId, lane, publications }, { dossiers, seed }).map((event) =>
    JSON.stringify(event),
  )
  for (const page of pages(texts)) {
    const own: OwnEvent[] = page.map((text) => desk.chain(text))
    const reply = await desk.exchange(own)
    const bad = reply.verdicts.find((verdict) => verdict.verdict !== 'accepted' || verdict.findings.length > 0)
    if (bad) throw new Error(`a generated event was not accepted as it is: ${JSON.stringify(bad)}`)
  }
  return { dossiers, events: texts.length, bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) }
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
