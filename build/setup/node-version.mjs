/** Stops early, and in words, on a Node that cannot run the tools. */
import { StepFailed } from '../terminal.mjs'

/** 20.19 is the first Node 20 that can `require()` an ES module, which the tools rely on. */
const OLDEST = /** @type {const} */ ([20, 19])

/** @param {string} version such as `20.20.2` */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

export function checkNodeVersion(version = process.versions.node) {
  if (isNodeNewEnough(version)) return
  throw new StepFailed(
    `Node ${version} is too old.`,
    `Install Node ${OLDEST.join('.')} or newer and run the command again.`,
  )
}
