import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type DeskClient, enrolDesk } from '../../harness/desk-client.ts'
import { registerOf } from '../world/register.ts'
import { exchangeAll, type LightDeskCounts } from './light-desk.ts'

/** What the fleet says at its end, in one line of JSON. */
export interface FleetResult extends LightDeskCounts {
  readonly desks: number
  readonly events: number
  readonly seconds: number
}

/**
 * A program of its own, so that what it costs is not in the times of the desk that is watched:
 * enrols its desks, makes their backlogs, says `ready`, waits for a line, and lets all of them reconnect at once.
 */
const [url = '', dossiers = '', ...codes] = process.argv.slice(2)
const counts: LightDeskCounts = { accepted: 0, notAccepted: 0, pulled: 0, overloaded: 0, brokenOff: 0 }
const desks: DeskClient[] = []
for (const code of codes) desks.push(await enrolDesk(url, code, 'Quầy'))
const backlogs = desks.map((desk, at) => {
  const { unit, deskId, lane, publications } = desk.enrolment
  const events = registerOf({ unit, deskId, lane, publications }, { dossiers: Number(dossiers), seed: 9000 + at })
  return events.map((event) => desk.chain(JSON.stringify(event)))
})
console.log('ready')
await once(createInterface(process.stdin), 'line')
const began = performance.now()
await Promise.all(desks.map((desk, at) => exchangeAll(desk, backlogs[at] ?? [], counts)))
const seconds = (performance.now() - began) / 1000
const result: FleetResult = { desks: desks.length, events: backlogs.flat().length, seconds, ...counts }
console.log(JSON.stringify(result))
process.exit(0)
