/** Installs the packages of package-lock.json when what is in node_modules differs from it. */
import fs from 'node:fs'
import path from 'node:path'
import { ROOT } from '../paths.mjs'
import { StepFailed, step } from '../terminal.mjs'
import { npm } from './npm.mjs'

/**
 * @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages
 */

/**
 * Compares the lock with npm's own record of what it installed, which npm writes last: an install
 * that was cut off has none, and a developer's own `npm install` is respected.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
export function packagesDiffer(wanted, installed) {
  return Object.entries(wanted).some(([place, { version, optional }]) => {
    if (place === '') return false
    const present = installed[place]
    return present === undefined ? !optional : present.version !== version
  })
}

/**
 * @param {string} file
 * @returns {LockedPackages | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * @param {string} [folder] where the lock lies: the project, or a part of it with packages of its own
 * @param {readonly string[]} [more] further arguments of npm
 */
export async function installPackages(folder = ROOT, more = []) {
  const lock = path.join(folder, 'package-lock.json')
  const wanted = readLock(lock)
  if (!wanted) throw new StepFailed(`${lock} is missing or not readable.`, 'Restore it from version control.')
  const installed = readLock(path.join(folder, 'node_modules', '.package-lock.json'))
  if (installed && !packagesDiffer(wanted, installed)) return

  await step('Installing packages (npm ci, about a minute)', async () => {
    const result = await npm(['ci', '--loglevel=error', '--no-progress', ...more], { cwd: folder, show: true })
    if (result.code !== 0) {
      throw new StepFailed(
        `npm ci ended with code ${result.code}.`,
        'Read the npm lines above; check that the package registry can be reached and the disk is not full, then run the command again.',
      )
    }
  })
}
