/** Calls npm in a way that works on every system. */
import { ROOT } from '../paths.mjs'
import { run } from '../terminal.mjs'

/**
 * Within `npm run`, npm tells where its own script is; that one is started with Node, because on Windows
 * `npm` is a batch file that cannot be started without a shell.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, show?: boolean }} [options]
 */
export function npm(args, { cwd = ROOT, show = false } = {}) {
  const script = process.env['npm_execpath']
  if (script?.endsWith('npm-cli.js')) return run(process.execPath, [script, ...args], { cwd, show })
  return run('npm', args, { cwd, show })
}
