/** Runs programs that open windows, on the screen there is or on a virtual one. */
import { hasDisplay } from './setup/system-libraries.mjs'
import { run } from './terminal.mjs'

/** Large enough for two desk windows of 1366 × 768. */
const VIRTUAL_SCREEN = '-screen 0 1920x1080x24'

/** Editors set this for their own terminals; it would turn Electron into plain Node. */
export function windowEnvironment(env = process.env) {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env
  return rest
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runWithDisplay(program, args, env = {}) {
  const options = { env: { ...windowEnvironment(), ...env }, show: true }
  if (hasDisplay()) return run(program, args, options)
  return run('xvfb-run', ['-a', '-s', VIRTUAL_SCREEN, program, ...args], options)
}
