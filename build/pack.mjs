/** `npm run pack`: makes the installers this machine can make, and reads their fuses back. */
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { bundleAll } from './bundle/bundle-all.mjs'
import { checkReleaseRuntime, runtimeVersion } from './pack/release-runtime.mjs'
import { inNodeModules, OUT, ROOT } from './paths.mjs'
import { setUp } from './setup.mjs'
import { run, runScript, StepFailed, step } from './terminal.mjs'

const USAGE = `npm run pack -- [--target dir|deb|nsis]... [--release]

  --target   what to make (default: dir and deb on Linux, nsis on Windows)
  --release  for offices: refuses the old fallback runtime`

const PACKAGES = path.join(OUT, 'packages')

/** Where electron-builder leaves the unpacked app, and what its binary is called. */
const UNPACKED = { win: 'win-unpacked/mot-cua.exe', linux: 'linux-unpacked/mot-cua' }

/**
 * Packages the runtime that is here. For another system electron-builder has to download its own.
 * @param {import('./electron-runtime/resolve.mjs').ElectronRuntime} runtime
 * @param {boolean} forThisSystem
 */
function runtimeArguments(runtime, forThisSystem) {
  if (!forThisSystem) return []
  return [`-c.electronDist=${runtime.folder}`, `-c.electronVersion=${runtimeVersion(runtime)}`]
}

/**
 * @param {'win' | 'linux'} system
 * @param {readonly string[]} targets
 * @param {readonly string[]} args
 */
async function makePackages(system, targets, args) {
  const builder = inNodeModules('electron-builder/cli.js')
  const env = { ...process.env, CUSTOM_FPM_PATH: path.join(import.meta.dirname, 'pack', 'fpm.mjs') }
  const command = [builder, `--${system}`, ...targets, '--x64', '--config', 'electron-builder.yml', ...args]
  const { code } = await run(process.execPath, command, { cwd: ROOT, env, show: true })
  if (code === 0) return
  throw new StepFailed(
    `electron-builder ended with code ${code}.`,
    'Read its lines above; the tools for nsis are downloaded from the internet and need it.',
  )
}

/** @param {'win' | 'linux'} system */
async function showFuses(system) {
  const { readFuses } = await import('./pack/fuses.mjs')
  const fuses = await readFuses(path.join(PACKAGES, UNPACKED[system]))
  console.table(fuses)
  const wrong = fuses.filter(({ ordered, found }) => ordered !== found)
  if (wrong.length === 0) return
  throw new StepFailed(
    `These fuses are not as ordered: ${wrong.map(({ fuse }) => fuse).join(', ')}.`,
    'Compare electronFuses in electron-builder.yml with build/pack/fuses.mjs.',
  )
}

function listPackages() {
  for (const name of fs.readdirSync(PACKAGES).filter((file) => /\.(deb|exe)$/.test(file))) {
    const megabytes = fs.statSync(path.join(PACKAGES, name)).size / 1_000_000
    console.log(`${path.relative(ROOT, path.join(PACKAGES, name))}  ${megabytes.toFixed(0)} MB`)
  }
}

await runScript(async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      target: { type: 'string', multiple: true },
      release: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(USAGE)
    return
  }
  const runtime = await setUp('desk')
  if (values.release) checkReleaseRuntime(runtime)
  await bundleAll()
  const thisSystem = process.platform === 'win32' ? 'win' : 'linux'
  const targets = values.target ?? (thisSystem === 'win' ? ['nsis'] : ['dir', 'deb'])
  const system = targets.includes('nsis') ? 'win' : thisSystem
  fs.rmSync(PACKAGES, { recursive: true, force: true })
  await step(`Packaging: ${targets.join(', ')}`, () =>
    makePackages(system, targets, runtimeArguments(runtime, system === thisSystem)),
  )
  await showFuses(system)
  listPackages()
})
