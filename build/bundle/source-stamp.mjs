/** Tells whether the bundles in `out/` were made from the sources as they are now. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { DISTRICT_MAIN, OUT, ROOT } from '../paths.mjs'

const SOURCES = ['shared', 'electron', 'renderer', 'district', 'build/bundle', 'package-lock.json']
const RESULTS = [
  path.join(OUT, 'main', 'main.js'),
  path.join(OUT, 'preload', 'preload.cjs'),
  path.join(OUT, 'renderer', 'index.html'),
  DISTRICT_MAIN,
]
const STAMP = path.join(OUT, 'build-stamp')

/** @param {string} place */
function filesIn(place) {
  const full = path.join(ROOT, place)
  if (!fs.existsSync(full)) return []
  if (fs.statSync(full).isFile()) return [full]
  return fs
    .readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

export function stampOfSources() {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesIn))
    hash.update(path.relative(ROOT, file)).update('\0').update(fs.readFileSync(file))
  return hash.digest('hex')
}

/** @param {string} stamp */
export function isBuiltFrom(stamp) {
  return (
    RESULTS.every((file) => fs.existsSync(file)) && fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === stamp
  )
}

/** Called before a build, so that one that breaks off is not taken for complete. */
export function forgetStamp() {
  fs.rmSync(STAMP, { force: true })
}

/** @param {string} stamp */
export function rememberStamp(stamp) {
  fs.writeFileSync(STAMP, stamp)
}
