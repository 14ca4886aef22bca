import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { root } from '../world/root.ts'
import type { Answered, Round, Rounds } from './answer-rounds.ts'

/**
 * The computer on the desk's side of an exchange, in a process that holds nothing of the bench or of another store:
 * what lies in a heap is paid for by whoever collects garbage next. It stays for all rounds, so it is warm like the server.
 */
export interface ClientProcess<R extends Rounds> {
  /** Runs one step of a round and answers what it came to. */
  readonly ask: <Step extends keyof R & string>(step: Step, input: R[Step]) => Promise<number>
  readonly stop: () => Promise<void>
}

export function startClient<R extends Rounds>(name: string): ClientProcess<R> {
  const child = fork(path.join(root, 'out', 'bench', name, 'main.js'), { cwd: root })
  return {
    ask: (step, input) => asked(child, name, { step, input }),
    stop: () => end(child),
  }
}

function asked(child: ChildProcess, name: string, round: Round): Promise<number> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`${name} ended with code ${code}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      const answered = message as Answered
      if (answered.failure === undefined) resolve(answered.value)
      else reject(new Error(`${name}: ${answered.failure}`))
    })
    child.send(round)
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.disconnect()
  await ended
}
