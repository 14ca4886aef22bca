import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { seededRandom } from '../harness/seeded-random.ts'
import { TestCluster } from '../harness/test-district.ts'
import type { Attack } from './attack.ts'
import { bothFoldersGone, type Harm, harms, wholeFolderOfYesterday } from './journal-damage/harm.ts'
import { survive } from './journal-damage/survive.ts'
import { openDeskAt, witnessOf, workTwoDays } from './journal-damage/two-days.ts'

const tries = { short: 30, long: 600 }
/** Each try takes numbers of one day's lane; then another desk goes on. */
const triesPerWorld = { short: 15, long: 100 }
/** Prime to the number of harms: each world meets all kinds. */
const stride = 7

/**
 * ```
 * two days of work, the last of it unsent ─► a copy is harmed ─► opens: nothing missing, or a named state and no number
 *   ─► one exchange with a real district ─► everything is back, and the next number was never printed
 * ```
 * In half of the tries the desk looks through its old entries only after it has worked and exchanged on its snapshot's word.
 */
export const journalDamage: Attack = {
  id: 'journal-damage',
  holds: 'a damaged journal never opens silently shorter; the mirror or the district gives everything back',
  async run({ seed, scale, folder, say }) {
    const random = seededRandom(seed)
    const cluster = await TestCluster.start()
    try {
      const broken: string[] = []
      let before = await workTwoDays(path.join(folder, '0'), await cluster.district(), false)
      say(`${before.held.size} entries with the district, ${before.unsent.size} not yet`)
      // Each entry once, however many harms it lived through.
      const found = { checked: new Set<string>(), lost: new Set<string>(), doubled: new Set<string>() }
      const beyondSaving = new Set<string>()
      const reached = new Set<string>()
      let opened = 0
      for (let attempt = 0; attempt < tries[scale]; attempt += 1) {
        const isFirst = attempt % triesPerWorld[scale] === 0
        if (isFirst && attempt > 0) {
          say(`${attempt} of ${tries[scale]} harms`)
          const isLong = (attempt / triesPerWorld[scale]) % 2 === 1
          before = await workTwoDays(path.join(folder, String(attempt)), await cluster.district(), isLong)
        }
        // Before the district knows of what was not sent: then at most the page knows that it was there.
        const firstHarm = (attempt / triesPerWorld[scale]) % 2 === 0 ? bothFoldersGone : wholeFolderOfYesterday
        const harm = isFirst ? firstHarm : (harms[(attempt * stride) % harms.length] as Harm)
        const place = path.join(folder, 'harmed')
        cpSync(before.folder, place, { recursive: true })
        cpSync(witnessOf(before.folder), witnessOf(place))
        harm.apply(place, before.yesterday, random)
        if (harm.later) {
          await (await openDeskAt(place)).close()
          harm.later(place)
        }
        // Who comes first after a start, the page or the exchange, is a matter of seconds; the scrub comes half a minute later.
        const order = { exchangesFirst: attempt % 4 > 1, scrubsFirst: attempt % 2 === 0 }
        const survived = await survive(before, harm, place, order).catch((cause: unknown) => {
          broken.push(`try ${attempt}, ${harm.name}: ${cause instanceof Error ? cause.stack : String(cause)}`)
          return undefined
        })
        if (survived) {
          opened += 1
          for (const kind of ['checked', 'lost', 'doubled'] as const) {
            for (const id of survived[kind]) found[kind].add(id)
          }
          for (const id of survived.beyondSaving) beyondSaving.add(id)
          for (const state of survived.reached) reached.add(state)
          broken.push(...survived.broken.map((words) => `try ${attempt}, ${harm.name}: ${words}`))
        }
        rmSync(place, { recursive: true, force: true })
      }
      say(`${beyondSaving.size} unsent entries lay in no copy any more after a harm to both: nobody could save them`)
      say(`told in words: ${[...reached].sort().join(', ')}`)
      return {
        tries: tries[scale],
        acknowledged: found.checked.size,
        lost: found.lost.size,
        duplicated: found.doubled.size,
        opened: { times: opened, of: tries[scale] },
        broken,
      }
    } finally {
      await cluster.stop()
    }
  },
}
