import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readTrace, type Step, tracedCalls } from './trace.ts'

/** How the recorded desk works. */
export interface Work {
  readonly steps: number
  /** Entries so long that the journal goes on in a second file. */
  readonly isLarge: boolean
  /** Whether the system knows writes that are durable when they return, or each needs a sync behind it. */
  readonly writesAreDurable: boolean
}

export interface Recording extends Work {
  readonly trace: readonly Step[]
  readonly root: string
  readonly seed: number
}

export async function record(program: string, root: string, seed: number, work: Work): Promise<Recording> {
  mkdirSync(root)
  const trace = `${root}.trace`
  const strace = ['-f', '-qq', '-xx', '-s', '60000000', '-e', `trace=${tracedCalls}`, '-e', 'signal=none', '-o', trace]
  const chosen = work.writesAreDurable ? program : withoutDurableWrites(program)
  const writer = [process.execPath, chosen, root, String(seed), String(work.steps), work.isLarge ? 'large' : 'small']
  const recorded = spawnSync('strace', [...strace, ...writer], {
    encoding: 'utf8',
    // Calls through a ring in memory would not be seen.
    env: { ...process.env, UV_USE_IO_URING: '0' },
  })
  if (!recorded.stdout.includes('closed')) throw new Error(`the recorded desk failed: ${recorded.stderr.slice(-2000)}`)
  const steps = await readTrace(trace, root)
  rmSync(trace)
  return { ...work, trace: steps, root, seed }
}

/** The same program on a system that knows no O_DSYNC: Node's constants cannot be changed from outside. */
function withoutDurableWrites(program: string): string {
  const text = readFileSync(program, 'utf8')
  const changed = text.replaceAll(/\bconstants(\$\d+)?\.O_DSYNC\b/g, 'undefined')
  if (changed === text) throw new Error('the recorded desk does not ask for O_DSYNC')
  const file = path.join(path.dirname(program), 'without-durable-writes.js')
  writeFileSync(file, changed)
  return file
}
