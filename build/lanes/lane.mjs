/** A lane is one kind of test; it counts what passed, failed and was skipped. */
import { StepFailed, secondsSince } from '../terminal.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ name: string, title: string, run: () => Promise<Counts> }} Lane */

/** @type {Counts} */
export const NONE = { passed: 0, failed: 0, skipped: 0 }

/**
 * A lane that could not run at all counts as one failure: it is never taken for passed.
 * @param {string} why
 * @returns {Counts}
 */
export function couldNotRun(why) {
  console.log(`  this lane could not run: ${why}`)
  return { ...NONE, failed: 1 }
}

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/** @param {Counts} counts */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * @param {Lane} lane
 * @returns {Promise<Counts>}
 */
export async function runLane(lane) {
  const startedAt = performance.now()
  console.log(`\n== ${lane.name}: ${lane.title}`)
  const counts = await lane.run().catch((error) => {
    const remedy = error instanceof StepFailed ? ` ${error.remedy}` : ''
    return couldNotRun(`${error instanceof StepFailed ? error.message : (error?.stack ?? error)}${remedy}`)
  })
  console.log(`-- ${lane.name}: ${inWords(counts)} (${secondsSince(startedAt)})`)
  return counts
}
