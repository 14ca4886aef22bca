/**
 * Runs inside the fallback runtime in place of Electron's own default app, which it lacks: loads the app folder
 * named on the command line. It is an ES module with top-level await on purpose: Electron holds `ready` back until
 * it is done, so that the app can still register its schemes.
 */
import fs from 'node:fs'
import Module, { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron/main'

/** @param {readonly string[]} args */
function readArguments(args) {
  /** @type {string[]} */
  const preload = []
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? ''
    if (argument === '--version' || argument === '-v') return { preload, prints: `v${process.versions.electron}` }
    if (argument === '--abi' || argument === '-a') return { preload, prints: process.versions.modules }
    if (argument === '-r' || argument === '--require') {
      at += 1
      preload.push(args[at] ?? '')
    } else if (!argument.startsWith('-')) return { preload, target: argument }
  }
  return { preload }
}

/** Electron's own default app has these two calls; they are not in the public types. */
const ownApp = /** @type {Electron.App & { setVersion(version: string): void, setAppPath(folder: string): void }} */ (
  app
)

/** @param {string} folder */
function introduce(folder) {
  const manifest = path.join(folder, 'package.json')
  if (!fs.existsSync(manifest)) return false
  const { name, productName, version, desktopName } = JSON.parse(fs.readFileSync(manifest, 'utf8'))
  if (version) ownApp.setVersion(version)
  if (productName || name) app.setName(productName || name)
  if (process.platform === 'linux') app.setDesktopName(desktopName || `${app.name}.desktop`)
  return true
}

/** Node has no public way to load `--require` modules late. */
const moduleLoader = /** @type {{ _preloadModules(files: string[]): void }} */ (/** @type {unknown} */ (Module))

const { preload, prints, target } = readArguments(process.argv.slice(1))
if (prints) {
  console.log(prints)
  process.exit(0)
}
try {
  // Playwright's loader comes in here; it shortens process.argv, so the arguments are read before it.
  if (preload.length > 0) moduleLoader._preloadModules(preload)
  if (!target) throw new Error('usage: electron [options] <app folder>')
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  const folder = path.resolve(target)
  const entry = createRequire(import.meta.url).resolve(folder)
  ownApp.setAppPath(introduce(folder) ? folder : path.dirname(entry))
  await import(pathToFileURL(entry).toString())
} catch (error) {
  console.error('The app could not be loaded')
  console.error(error)
  process.exit(1)
}
