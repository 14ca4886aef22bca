/** Which Electron may go to offices: never the old fallback, however it is reached, and nothing older than the project's own. */
import fs from 'node:fs'
import path from 'node:path'
import { isFallback } from '../electron-runtime/resolve.mjs'
import { inNodeModules } from '../paths.mjs'
import { StepFailed } from '../terminal.mjs'

/** @typedef {import('../electron-runtime/resolve.mjs').ElectronRuntime} ElectronRuntime */

/**
 * What a runtime says of itself, such as "45.4.0".
 * @param {ElectronRuntime} runtime
 */
export function runtimeVersion({ folder }) {
  return fs.readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
}

/** The version of the electron package this project is built for. */
function packageVersion() {
  return String(JSON.parse(fs.readFileSync(inNodeModules('electron/package.json'), 'utf8')).version)
}

/**
 * @param {ElectronRuntime} runtime
 * @param {string} [wanted]
 */
export function checkReleaseRuntime(runtime, wanted = packageVersion()) {
  const found = runtimeVersion(runtime)
  // Written so that a version that is no number is refused too.
  const isCurrent = Number.parseInt(found, 10) >= Number.parseInt(wanted, 10)
  if (isCurrent && !isFallback(runtime)) return
  throw new StepFailed(
    `A release must not carry the old Electron ${found}; this project is built for ${wanted}.`,
    'Run this where Electron can be downloaded, with MOT_CUA_ELECTRON=package.',
  )
}
