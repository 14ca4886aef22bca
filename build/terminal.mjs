/** What the scripts print and how they run other programs. Node built-ins only: used before packages are installed. */
import { spawn } from 'node:child_process'

/** How often a long step says that it is still alive. */
const HEARTBEAT_MS = 15_000

const HAS_PROCESS_GROUPS = process.platform !== 'win32'

/** A failure the user can act on: what went wrong, and what to do about it. */
export class StepFailed extends Error {
  /**
   * @param {string} what
   * @param {string} remedy
   */
  constructor(what, remedy) {
    super(what)
    this.name = 'StepFailed'
    this.remedy = remedy
  }
}

/**
 * Progress goes to stderr, so that the answer of a command stays alone on stdout.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** @param {number} startedAt milliseconds of `performance.now()` */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
}

/**
 * Announces a step, keeps saying that it goes on, and tells how long it took.
 * @template T
 * @param {string} title
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = performance.now()
  say(`» ${title} ...`)
  const heartbeat = setInterval(() => say(`  ... still at it: ${title} (${secondsSince(startedAt)})`), HEARTBEAT_MS)
  try {
    const result = await work()
    say(`  done: ${title} (${secondsSince(startedAt)})`)
    return result
  } finally {
    clearInterval(heartbeat)
  }
}

/**
 * @typedef {object} Finished
 * @property {number} code exit code; 1 when a signal ended the program
 * @property {string} stdout empty unless captured
 * @property {string} stderr empty unless captured
 */

/**
 * Runs a program to its end. Output is captured, or passed through with `show`.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options]
 * @returns {Promise<Finished>}
 */
export function run(program, args, { cwd, env, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      detached: HAS_PROCESS_GROUPS,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    })
    /** @type {Buffer[]} */
    const out = []
    /** @type {Buffer[]} */
    const err = []
    child.stdout?.on('data', (chunk) => out.push(chunk))
    child.stderr?.on('data', (chunk) => err.push(chunk))
    const stopListening = forwardSignals((signal) => killGroup(child, signal))
    child.on('error', (error) => {
      stopListening()
      reject(error)
    })
    child.on('close', (code) => {
      stopListening()
      resolve({ code: code ?? 1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() })
    })
  })
}

/**
 * Programs that start others (a virtual display, a bundler) do not always pass a signal on, so all get it.
 * @param {import('node:child_process').ChildProcess} child leader of its own group
 * @param {NodeJS.Signals} signal
 */
function killGroup(child, signal) {
  if (!HAS_PROCESS_GROUPS || child.pid === undefined) {
    child.kill(signal)
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group has ended already.
  }
}

/**
 * A script that is told to stop tells its child, instead of leaving it behind.
 * @param {(signal: NodeJS.Signals) => void} tellChild
 * @returns {() => void} stops listening
 */
export function forwardSignals(tellChild) {
  process.on('SIGINT', tellChild)
  process.on('SIGTERM', tellChild)
  return () => {
    process.off('SIGINT', tellChild)
    process.off('SIGTERM', tellChild)
  }
}

/**
 * Tells a failure in words: what went wrong and what to do.
 * @param {unknown} error
 */
export function explain(error) {
  if (error instanceof StepFailed) say(`\nFailed: ${error.message}\nWhat to do: ${error.remedy}`)
  else say(`\nFailed, and this script does not know why:\n${error instanceof Error ? error.stack : String(error)}`)
}

/**
 * Runs a script's main function and turns its answer or failure into an exit code.
 * @param {(args: readonly string[]) => Promise<number | void>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main(process.argv.slice(2))) ?? 0
  } catch (error) {
    process.exitCode = 1
    explain(error)
  }
}
