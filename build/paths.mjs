/** Where things are in the working tree. */
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '..')
export const OUT = path.join(ROOT, 'out')
export const DISTRICT_MAIN = path.join(OUT, 'district', 'main.js')
/** As the README says to serve. What a batch leaves behind is short-lived: with room for it, a tenth more of them are taken a second. */
export const DISTRICT_NODE_FLAGS = ['--enable-source-maps', '--max-semi-space-size=64']
/** Data of `npm start` unless `--data` names another folder. */
export const DEFAULT_DATA = path.join(OUT, 'data')

/**
 * The command-line file of an installed package, run with this Node rather than through a shell.
 * @param {string} file path below node_modules
 */
export function inNodeModules(file) {
  return path.join(ROOT, 'node_modules', file)
}
