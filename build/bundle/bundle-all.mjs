/** Bundles the desk and the district into `out/`. */
import fs from 'node:fs'
import path from 'node:path'
import { inNodeModules, ROOT } from '../paths.mjs'
import { run, StepFailed, say, step } from '../terminal.mjs'
import { forgetStamp, isBuiltFrom, rememberStamp, stampOfSources } from './source-stamp.mjs'

/** Bundlers set NODE_ENV for themselves, so each runs in a process of its own and leaves the caller's alone. */
async function bundleDesk() {
  const config = path.join(import.meta.dirname, 'electron.vite.config.mjs')
  await mustRun('the desk', [
    inNodeModules('electron-vite/bin/electron-vite.js'),
    'build',
    '--config',
    config,
    '--logLevel',
    'warn',
  ])
}

export async function bundleDistrict() {
  await bundleDistrictProgram('district/main.ts', 'out/district/main.js')
}

/**
 * Bundles a program that opens a district's database, with the migrations it looks for beside itself.
 * @param {string} entry path in the project
 * @param {string} output path in the project; its folder is emptied
 */
export async function bundleDistrictProgram(entry, output) {
  await bundleProgram(entry, output)
  const migrations = path.join(ROOT, path.dirname(output), 'migrations')
  fs.cpSync(path.join(ROOT, 'district', 'store', 'migrations'), migrations, { recursive: true })
}

/**
 * Bundles one TypeScript program so that plain Node can run it.
 * @param {string} entry path in the project
 * @param {string} output path in the project; its folder is emptied
 */
export async function bundleProgram(entry, output) {
  await mustRun(entry, [path.join(import.meta.dirname, 'node-bundle.mjs'), entry, output])
}

/**
 * Bundles one TypeScript program into a classic script for a page.
 * @param {string} entry path in the project
 * @param {string} output path in the project
 */
export async function bundlePageProgram(entry, output) {
  await mustRun(entry, [path.join(import.meta.dirname, 'page-bundle.mjs'), entry, output])
}

/**
 * @param {string} what
 * @param {readonly string[]} args
 */
async function mustRun(what, args) {
  const result = await run(process.execPath, args, { cwd: ROOT })
  if (result.code === 0) {
    if (result.stderr.trim()) say(result.stderr.trim())
    return
  }
  say(`${result.stdout}${result.stderr}`.trim())
  throw new StepFailed(
    `Bundling ${what} failed.`,
    'The lines above name the file and the place; `npm run check` tells more.',
  )
}

/** Does nothing when the sources have not changed since the last build. */
export async function bundleAll() {
  const stamp = stampOfSources()
  if (isBuiltFrom(stamp)) return
  await step('Building the desk and the district', async () => {
    forgetStamp()
    await Promise.all([bundleDesk(), bundleDistrict()])
    rememberStamp(stamp)
  })
}
