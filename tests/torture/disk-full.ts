import { rmSync } from 'node:fs'
import path from 'node:path'
import { seededRandom } from '../harness/seeded-random.ts'
import { mountSmallDisk } from '../harness/small-disk.ts'
import { TestCluster } from '../harness/test-district.ts'
import type { Attack } from './attack.ts'
import { fullBesideEntries, startWithoutRoom } from './disk-full/desk-alone.ts'
import { fullInTheOffice } from './disk-full/desk-in-office.ts'
import { fullDistrict } from './disk-full/full-district.ts'
import type { Round, RoundResult } from './disk-full/round.ts'

const rounds = { short: 24, long: 300 }

/**
 * ```
 * a small real disk ─► filled ─► each kind of work refuses, in the words meant for it ─► closed, opened: only what was said
 *   ─► room again ─► the refused work, the same, succeeds and stands once
 * ```
 * Who meets the full disk takes turns: the desk's own stores; a start, also on a read-only disk and with a journal to heal;
 * everything a desk writes because of others or for them (exchange, publications, identity, courier, backup, a paper as PDF); the
 * district.
 */
export const diskFull: Attack = {
  id: 'disk-full',
  holds:
    'a full or read-only disk refuses with a code, leaves nothing half-written, and lets work go on once there is room',
  async run({ seed, scale, folder, say }) {
    const refusals = new Map<string, number>()
    const random = seededRandom(seed)
    const cluster = await TestCluster.start()
    const result = { tries: 0, acknowledged: 0, lost: 0, duplicated: 0, times: 0, of: 0, broken: [] as string[] }
    const turns: readonly Turn[] = [
      { who: 'desk', megabytes: 24, play: fullBesideEntries },
      { who: 'start', megabytes: 24, play: (round) => startWithoutRoom(round, 'full', false) },
      { who: 'office', megabytes: 24, play: (round) => fullInTheOffice(round, cluster) },
      { who: 'desk', megabytes: 24, play: fullBesideEntries },
      { who: 'healing', megabytes: 24, play: (round) => startWithoutRoom(round, 'full', true) },
      { who: 'desk', megabytes: 24, play: fullBesideEntries },
      { who: 'read-only start', megabytes: 24, play: (round) => startWithoutRoom(round, 'read-only', false) },
      { who: 'district', megabytes: 64, play: (round) => fullDistrict(round, cluster) },
    ]
    try {
      for (let at = 0; at < rounds[scale]; at += 1) {
        const turn = turns[at % turns.length]
        if (!turn) break
        const disk = mountSmallDisk(path.join(folder, `disk-${at}`), turn.megabytes)
        try {
          const found = await turn.play({ disk, seed: seed + at, random, refusals })
          result.tries += found.tries
          result.acknowledged += found.acknowledged
          result.lost += found.lost
          result.duplicated += found.duplicated
          result.times += found.opened.times
          result.of += found.opened.of
          result.broken.push(...found.broken.map((words) => `round ${at} (${turn.who}): ${words}`))
        } finally {
          disk.unmount()
          rmSync(disk.folder, { recursive: true, force: true })
        }
      }
    } finally {
      await cluster.stop()
    }
    say(`refused: ${[...refusals].map(([what, count]) => `${what} ${count}`).join(', ')}`)
    const { times, of, ...counted } = result
    return { ...counted, opened: { times, of } }
  },
}

interface Turn {
  readonly who: string
  readonly megabytes: number
  readonly play: (round: Round) => Promise<RoundResult>
}
