/** Starts the district server for a demonstration, asks it for a code, and stops it again. */
import { spawn } from 'node:child_process'
import { DISTRICT_MAIN, DISTRICT_NODE_FLAGS, ROOT } from '../paths.mjs'
import { forwardSignals, run, StepFailed } from '../terminal.mjs'

/** A first start makes a database and loads the data set. */
const START_TIMEOUT_MS = 180_000
/** How long the database may take to write everything down before it is ended by force. */
const STOP_TIMEOUT_MS = 30_000
const KEPT_LINES = 30

/** @typedef {{ url: string, stop: () => Promise<void> }} RunningDistrict */

/**
 * @param {{ data: string, port: number, seed: string, clock: string | undefined }} options
 * @returns {Promise<RunningDistrict>}
 */
export async function startDistrict({ data, port, seed, clock }) {
  const args = [...DISTRICT_NODE_FLAGS, DISTRICT_MAIN, 'serve', '--data', data, '--port', String(port), '--seed', seed]
  if (clock) args.push('--demo-clock', clock)
  // A group of its own: Ctrl+C must reach the desk first, so that its last exchange still finds the district.
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const ended = new Promise((resolve) => child.once('close', resolve))

  async function stop() {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await ended
    clearTimeout(timer)
  }

  // Until it answers, nobody else is there to stop it when the script is told to stop.
  const stopListening = forwardSignals((signal) => child.kill(signal))
  try {
    return { url: await addressOf(child), stop }
  } catch (error) {
    await stop()
    throw error
  } finally {
    stopListening()
  }
}

/**
 * Waits for the line `ready http://...`.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    const lines = []
    /** @param {string} what */
    const fail = (what) => {
      clearTimeout(timer)
      const said = lines.slice(-KEPT_LINES).join('\n')
      reject(
        new StepFailed(`${what}\n${said}`, 'Read the lines above. To begin with empty data, remove the data folder.'),
      )
    }
    const timer = setTimeout(() => fail('The district server did not answer in time.'), START_TIMEOUT_MS)
    /** @param {Buffer} chunk */
    const read = (chunk) => {
      lines.push(...chunk.toString().trimEnd().split('\n'))
      lines.splice(0, lines.length - KEPT_LINES * 2)
      const address = /^ready (http\S+)$/m.exec(lines.join('\n'))?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', (error) => fail(`The district server could not be started: ${error.message}.`))
    child.once('close', (code) => fail(`The district server ended with code ${code} before it answered.`))
  })
}

/**
 * @param {{ data: string, unitId: string, deskName: string }} options
 * @returns {Promise<string>} a code that enrols one desk, once
 */
export async function newEnrolCode({ data, unitId, deskName }) {
  const args = [DISTRICT_MAIN, 'enrol-code', '--data', data, '--unit', unitId, '--name', deskName]
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: ROOT })
  const enrolCode = stdout.trim().split('\n').at(-1)
  if (code === 0 && enrolCode) return enrolCode
  throw new StepFailed(
    `The district gave no enrolment code: ${(stderr || stdout).trim()}`,
    'Run `npm run district -- status` to see its state.',
  )
}
