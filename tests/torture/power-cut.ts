import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { chainEvent } from '../../electron/journal/chain.ts'
import { bundleProgram } from '../harness/bundle.ts'
import { openNodeDesk } from '../harness/node-desk.ts'
import { sampleEvent, sampleId } from '../harness/sample-events.ts'
import { seededRandom } from '../harness/seeded-random.ts'
import type { Attack, AttackResult } from './attack.ts'
import { cutWays, diskAt, layOut } from './power-cut/disk.ts'
import { readTrace, type Step, tracedCalls } from './power-cut/trace.ts'
import { draftContent, entryOf, otherEntry } from './power-cut/work.ts'

interface Recording {
  readonly steps: readonly Step[]
  readonly root: string
  readonly isLarge: boolean
  readonly seed: number
}

/** Recordings and disks rebuilt from each: most of ordinary work, some of a journal going on in a second file. */
const scales = {
  short: [{ steps: 60, states: 60, isLarge: false }],
  long: [
    { steps: 150, states: 250, isLarge: false },
    { steps: 400, states: 200, isLarge: false },
    { steps: 130, states: 100, isLarge: true },
  ],
} as const

/**
 * ```
 * a desk at work under strace ──► its system calls ──► power cut after any of them ──► a disk ──► the desk opens it
 * ```
 * What the desk called durable before the cut must be there, once and readable; the desk opens by itself, calls nothing
 * damaged, and goes on.
 */
export const powerCut: Attack = {
  id: 'power-cut',
  holds: 'what was called saved before the power went is there, and the desk opens without help',
  needsElectron: false,
  async run({ seed, scale, folder, say }) {
    if (spawnSync('strace', ['-V']).error) throw new Error('strace is not installed: nothing can be recorded')
    const program = bundleProgram('tests/torture/programs/power-cut-writer.ts', 'power-cut-writer')
    const random = seededRandom(seed)
    const result = { tries: 0, acknowledged: 0, lost: 0, duplicated: 0, times: 0, broken: [] as string[] }
    for (const [number, { steps, states, isLarge }] of scales[scale].entries()) {
      const recording = await record(program, path.join(folder, `recorded-${number}`), seed + number, steps, isLarge)
      say(`recorded ${recording.steps.length} steps${isLarge ? ' with large entries' : ''}; cutting ${states} times`)
      for (let state = 0; state < states; state += 1) {
        const cutAt = cutPlace(recording.steps, random)
        const way = cutWays[state % cutWays.length] ?? 'some'
        const target = path.join(folder, 'disk')
        layOut(diskAt(recording.steps, cutAt, way, random), recording.root, target)
        const name = `recording ${number}, cut at ${cutAt}, ${way}`
        const checked = await check(recording, cutAt, path.join(target, 'desk')).catch(
          (cause: unknown): Checked => ({ ...nothing, broken: [String(cause instanceof Error ? cause.stack : cause)] }),
        )
        result.tries += 1
        result.acknowledged += checked.acknowledged
        result.lost += checked.lost
        result.duplicated += checked.duplicated
        if (checked.opened) result.times += 1
        result.broken.push(...checked.broken.map((words) => `${name}: ${words}`))
        rmSync(target, { recursive: true, force: true })
      }
    }
    const { times, ...counted } = result
    return { ...counted, opened: { times, of: result.tries } } satisfies AttackResult
  },
}

async function record(
  program: string,
  root: string,
  seed: number,
  steps: number,
  isLarge: boolean,
): Promise<Recording> {
  mkdirSync(root)
  const trace = `${root}.trace`
  const strace = ['-f', '-qq', '-xx', '-s', '60000000', '-e', `trace=${tracedCalls}`, '-e', 'signal=none', '-o', trace]
  const writer = [process.execPath, program, root, String(seed), String(steps), isLarge ? 'large' : 'small']
  const recorded = spawnSync('strace', [...strace, ...writer], {
    encoding: 'utf8',
    // Calls through a ring in memory would not be seen.
    env: { ...process.env, UV_USE_IO_URING: '0' },
  })
  if (!recorded.stdout.includes('closed')) throw new Error(`the recorded desk failed: ${recorded.stderr.slice(-2000)}`)
  const read = await readTrace(trace, root)
  rmSync(trace)
  return { steps: read, root, isLarge, seed }
}

/** Half of the cuts fall right behind something the desk said: there a sync that is missing shows. */
function cutPlace(steps: readonly Step[], random: () => number): number {
  const said = steps.filter((step) => step.kind === 'said')
  const from = random() < 0.5 ? said : steps
  return (from[Math.floor(random() * from.length)]?.start ?? 0) + 1
}

interface Checked {
  readonly acknowledged: number
  readonly lost: number
  readonly duplicated: number
  readonly opened: boolean
  readonly broken: readonly string[]
}

const nothing: Checked = { acknowledged: 0, lost: 0, duplicated: 0, opened: false, broken: [] }

/** What the desk had said by then: highest own and others' entries, drafts, scans. */
function promisesAt({ steps }: Recording, cutAt: number) {
  let own = 0
  let other = 0
  const others: number[] = []
  const drafts = new Map<string, number | undefined>()
  const scans: string[] = []
  for (const step of steps) {
    if (step.kind !== 'said' || step.start >= cutAt) continue
    const [what, first = '', second] = step.text.split(' ')
    if (what === 'own') own = Number(first)
    if (what === 'other') others.push(Number(first))
    if (what === 'other' || what === 'taken') other = Number(first)
    if (what === 'draft') drafts.set(first, Number(second))
    if (what === 'discard') drafts.set(first, undefined)
    if (what === 'scan') scans.push(first)
  }
  return { own, other, others, drafts, scans }
}

async function check(recording: Recording, cutAt: number, folder: string): Promise<Checked> {
  const { seed, isLarge } = recording
  const promised = promisesAt(recording, cutAt)
  const broken: string[] = []
  const desk = await openNodeDesk({ folder })
  const { journal } = desk
  if (journal.health().state === 'damaged' || !journal.isWhole()) {
    broken.push(`the journal calls itself ${JSON.stringify(journal.health())}`)
  }
  const expected = [
    ...Array.from({ length: promised.own }, (_, at) => entryOf(seed, at + 1, isLarge)),
    ...promised.others.map((seq) => otherEntry(seed, seq)),
  ]
  let lost = 0
  const lose = (what: string) => {
    lost += 1
    broken.push(`lost ${what}`)
  }
  let duplicated = 0
  const histories = new Map<string, readonly { readonly id: string }[]>()
  for (const event of expected) {
    const history = histories.get(event.dossierId) ?? (await journal.history(event.dossierId))
    histories.set(event.dossierId, history)
    const found = history.filter(({ id }) => id === event.id)
    if (found.length === 0 || JSON.stringify(found[0]) !== JSON.stringify(event)) lose(`entry ${event.id}`)
    if (found.length > 1) duplicated += 1
  }
  if (journal.index.cursor.seq < promised.other) broken.push(`the cursor is at ${journal.index.cursor.seq}`)
  const kept = new Map(desk.drafts.list().map((draft) => [String(draft.id), draft.content]))
  for (const [draft, step] of promised.drafts) {
    const found = kept.get(sampleId(9000 + Number(draft)))
    // A later draft of the same name may have reached the disk before it was called saved.
    const isThere = found && typeof found['step'] === 'number' && found['step'] >= (step ?? 0)
    const isWhole = isThere && JSON.stringify(found) === JSON.stringify(draftContent(Number(found['step'])))
    if (step !== undefined && !isWhole && !laterDiscard(recording, cutAt, draft)) lose(`draft ${draft} ${step}`)
  }
  for (const scan of promised.scans) {
    if (!Buffer.isBuffer(await desk.attachments.find(scan))) lose(`scan ${scan}`)
  }
  await journal.append([{ own: [chainEvent(journal.index.chain, sampleEvent(900_000, 900_000, 1))] }])
  await desk.close()
  const again = await openNodeDesk({ folder })
  if (again.journal.health().state !== 'whole') broken.push(`after one more entry: ${again.journal.health().state}`)
  if (!again.journal.index.events.has(sampleId(900_000))) lose('the entry made after it')
  await again.journal.scrub()
  if (again.journal.health().state !== 'whole') broken.push('the scrub found damage')
  await again.close()
  return { acknowledged: expected.length + promised.scans.length, lost, duplicated, opened: true, broken }
}

/** A discard under way at the cut may have reached the disk. */
function laterDiscard({ steps }: Recording, cutAt: number, draft: string): boolean {
  const next = steps.find((step) => step.kind === 'said' && step.start >= cutAt)
  return next?.kind === 'said' && next.text.startsWith(`discard ${draft} `)
}
