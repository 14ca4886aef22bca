import path from 'node:path'
import { mildFaults } from '../../harness/faulty-line.ts'
import { TestCluster } from '../../harness/test-district.ts'
import type { AttackResult } from '../attack.ts'
import { compareFrames } from '../line/copy.ts'
import { compareWithStream, nameOf } from '../line/ledger.ts'
import { runSchedule } from '../line/schedule.ts'
import { closeWorld, openWorld, restart, schedulesPerWorld, settle } from '../line/world.ts'

/**
 * One process' share of the schedules: `line-part.js FOLDER FIRST-SEED COUNT`. Prints the sums as JSON.
 * What broke is told with the first seed of its world, which plays that world again alone: `line-part.js FOLDER THAT-SEED 250`.
 */
const [folder = '', firstSeed = 0, schedules = 0] = process.argv
  .slice(2)
  .map((value, at) => (at === 0 ? value : +value))

/** While one world waits for its line or its database the others work. */
const worldsAtOnce = 4
const enough = 20
const progressEvery = 500

const broken: string[] = []
const opened = { times: 0, of: 0 }
const sums = { tries: 0, acknowledged: 0, lost: 0, duplicated: 0 }
let done = 0
let nextSeed = Number(firstSeed)
const endSeed = nextSeed + Number(schedules)

const cluster = await TestCluster.start()
try {
  await Promise.all(Array.from({ length: worldsAtOnce }, runWorlds))
} finally {
  await cluster.stop()
}
const result: AttackResult = { ...sums, schedules: done, opened, broken }
console.log(JSON.stringify(result))

async function runWorlds(): Promise<void> {
  while (nextSeed < endSeed && broken.length < enough) {
    const first = nextSeed
    const count = Math.min(endSeed - first, schedulesPerWorld)
    nextSeed += count
    await runWorld(first, count)
  }
}

async function runWorld(first: number, count: number): Promise<void> {
  const world = await openWorld(cluster, path.join(String(folder), String(first)), first)
  const tell = (when: string, faults: readonly string[]) => {
    broken.push(...faults.map((fault) => `${when} of the ${world.kind} world from ${first}: ${fault}`))
  }
  try {
    for (let seed = first; seed < first + count && broken.length < enough; seed += 1) {
      tell(`seed ${seed}`, await runSchedule(world, seed))
      done += 1
      if (done % progressEvery === 0) console.error(`seeds from ${firstSeed}: ${done} of ${schedules} schedules`)
    }
    // What was written must also be what the next start reads.
    for (const at of world.desks.keys()) {
      opened.of += 1
      await restart(world, at)
      opened.times += 1
    }
    const desks = await settle(world, [...world.desks.keys()])
    world.ledger.compared.clear()
    tell('end', await compareWithStream(world.ledger, world.district, desks))
    for (const desk of desks) tell(`end at ${nameOf(desk)}`, await compareFrames(desk, world.ledger.stream))
    const foreignKeys = world.line.counts.get('wrong-tls') ?? 0
    if (foreignKeys > 0 && world.line.refused() === 0) tell('end', [`none of ${foreignKeys} foreign keys was refused`])
    if (world.line.betrayed() > 0) tell('end', [`${world.line.betrayed()} requests told to a foreign key`])
  } finally {
    await closeWorld(world)
  }
  for (const [fault, times] of world.line.counts) if (!mildFaults.has(fault)) sums.tries += times
  sums.acknowledged += world.ledger.acknowledged.size
  sums.lost += world.ledger.lost.size
  sums.duplicated += world.ledger.duplicated
}
