/**
 * Finds an Electron runtime: the one ELECTRON_OVERRIDE_DIST_PATH names, the electron package's own, or the fallback.
 * MOT_CUA_ELECTRON=package insists on the electron package's own download, =fallback on the fallback.
 */
import fs from 'node:fs'
import path from 'node:path'
import { inNodeModules } from '../paths.mjs'
import { run, StepFailed, say, step } from '../terminal.mjs'
import { ensureFallback, FALLBACK, fallbackFits, fallbackFolder, isFallbackCached } from './fallback.mjs'

/** @typedef {{ folder: string, binary: string, source: 'named' | 'package' | 'fallback' }} ElectronRuntime */

const BINARY =
  { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[/** @type {string} */ (process.platform)] ??
  'electron'

/** @returns {Promise<ElectronRuntime>} */
export async function findElectron(env = process.env) {
  const named = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (named) return namedRuntime(named)

  const choice = env['MOT_CUA_ELECTRON'] ?? 'auto'
  if (choice !== 'fallback') {
    const own = ownRuntime()
    if (own) return own
    // A cached fallback means that the download failed before; trying again each time would cost minutes.
    const mayUseCache = choice === 'auto' && fallbackFits() && isFallbackCached()
    if (!mayUseCache) {
      const failure = await download()
      const downloaded = ownRuntime()
      if (downloaded) return downloaded
      if (choice === 'package' || !fallbackFits()) {
        throw new StepFailed(
          `Electron could not be downloaded: ${failure}.`,
          'Connect to the internet, or set ELECTRON_MIRROR to a mirror, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.',
        )
      }
      say(`  Electron could not be downloaded (${failure}).`)
    }
  }
  return { ...described(await ensureFallback()), source: 'fallback' }
}

/** @param {string} folder */
function described(folder) {
  return { folder, binary: path.join(folder, BINARY) }
}

/**
 * By its real place: the link in the electron package must never be made to point at itself.
 * @param {string} named
 * @returns {ElectronRuntime}
 */
function namedRuntime(named) {
  const found = described(realPlace(path.resolve(named)))
  if (fs.existsSync(found.binary)) return { ...found, source: 'named' }
  throw new StepFailed(
    `ELECTRON_OVERRIDE_DIST_PATH is set, but ${found.binary} does not exist.`,
    'Let it name the folder of an unpacked Electron, or unset it.',
  )
}

/**
 * What the electron package downloaded itself; a link there was put by this script and does not count.
 * @returns {ElectronRuntime | undefined}
 */
function ownRuntime() {
  const found = described(inNodeModules('electron/dist'))
  const isOwn = fs.existsSync(found.binary) && !fs.lstatSync(found.folder).isSymbolicLink()
  return isOwn ? { ...found, source: 'package' } : undefined
}

/** @returns {Promise<string>} why it failed, if it did */
async function download() {
  // The download unpacks into `dist`; through an old link it would write into the fallback's cache.
  removeLink(inNodeModules('electron/dist'))
  const result = await step('Downloading Electron', () => run(process.execPath, [inNodeModules('electron/install.js')]))
  return result.stderr.trim().split('\n')[0] || `the installer ended with code ${result.code}`
}

/** @param {string} place */
function removeLink(place) {
  if (fs.lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) fs.unlinkSync(place)
}

/**
 * Lets everything that asks the electron package (electron-vite, Playwright) find the runtime without environment.
 * @param {ElectronRuntime} runtime
 */
export function linkElectron(runtime) {
  const dist = inNodeModules('electron/dist')
  if (runtime.source !== 'package' && readLink(dist) !== runtime.folder) {
    removeLink(dist)
    // A named runtime never replaces the package's own download, which may be wanted again; the variable wins anyway.
    if (!fs.existsSync(dist)) fs.symlinkSync(runtime.folder, dist, process.platform === 'win32' ? 'junction' : 'dir')
  }
  const pathFile = inNodeModules('electron/path.txt')
  if (!fs.existsSync(pathFile)) fs.writeFileSync(pathFile, BINARY)
}

/** @param {string} place */
function readLink(place) {
  return fs.lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() ? fs.readlinkSync(place) : undefined
}

/**
 * Also when it was named through a link, such as the one this script puts into the electron package.
 * @param {ElectronRuntime} runtime
 */
export function isFallback(runtime) {
  return runtime.source === 'fallback' || realPlace(runtime.folder) === realPlace(fallbackFolder())
}

/** @param {string} place */
function realPlace(place) {
  return fs.existsSync(place) ? fs.realpathSync(place) : path.resolve(place)
}

/** @param {ElectronRuntime} runtime */
export function warnAboutFallback(runtime) {
  if (!isFallback(runtime)) return
  say(
    `Warning: running on the old Electron ${FALLBACK.electron} from the package registry. It serves tests and evaluation only ` +
      'and must not be given to offices. With internet access, MOT_CUA_ELECTRON=package gets the current one.',
  )
}
