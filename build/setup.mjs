/** Brings a fresh clone to the point where it can build and run; under a second when nothing is missing. */
import { findElectron, linkElectron, warnAboutFallback } from './electron-runtime/resolve.mjs'
import { checkNodeVersion } from './setup/node-version.mjs'
import { installPackages } from './setup/packages.mjs'
import { linkEmbeddedPostgres } from './setup/postgres-links.mjs'
import { ensureSystemLibraries } from './setup/system-libraries.mjs'

/** What the district alone needs: no Electron and no libraries of a screen. */
export async function setUpDistrict() {
  checkNodeVersion()
  await installPackages()
  linkEmbeddedPostgres()
}

/**
 * @param {'desk' | 'tests'} purpose
 * @returns {Promise<import('./electron-runtime/resolve.mjs').ElectronRuntime>}
 */
export async function setUp(purpose) {
  await setUpDistrict()
  await ensureSystemLibraries(purpose)
  const runtime = await findElectron()
  linkElectron(runtime)
  warnAboutFallback(runtime)
  return runtime
}
