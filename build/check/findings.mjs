/** Runs the checking tools on a project folder and puts what they find into one form. */
import path from 'node:path'
import { inNodeModules } from '../paths.mjs'
import { run, StepFailed } from '../terminal.mjs'

/** @typedef {{ file: string, rule: string }} Finding `rule` starts with the tool's name */

const BIOME = inNodeModules('@biomejs/biome/bin/biome')
const TSC = inNodeModules('typescript/bin/tsc')
const KNIP = inNodeModules('knip/bin/knip.js')

/** @param {string} text */
function jsonOrNothing(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * @param {string} tool
 * @param {string} text
 */
function parseReport(tool, text) {
  const report = jsonOrNothing(text)
  if (report) return report
  throw new StepFailed(
    `${tool} gave no readable report: ${text.slice(0, 300)}`,
    `Run ${tool} by hand to see what it says.`,
  )
}

/**
 * @param {string} folder
 * @returns {Promise<Finding[]>}
 */
export async function findingsOfBiome(folder) {
  const args = [BIOME, 'check', '--reporter=json', '--max-diagnostics=none', '.']
  const { stdout } = await run(process.execPath, args, { cwd: folder })
  /** @type {{ diagnostics: { category: string, location: { path: string } }[] }} */
  const { diagnostics } = parseReport('Biome', stdout)
  return diagnostics.map(({ category, location }) => ({ file: location.path, rule: `biome ${category}` }))
}

/**
 * @param {string} folder
 * @returns {Promise<Finding[]>}
 */
export async function findingsOfTypeScript(folder) {
  const { stdout } = await run(process.execPath, [TSC, '-b', '--pretty', 'false'], { cwd: folder })
  return [...stdout.matchAll(/^(.+?)\(\d+,\d+\): error (TS\d+):/gm)].map(([, file = '', code]) => ({
    file: path.posix.normalize(file),
    rule: `tsc ${code}`,
  }))
}

/**
 * @param {string} folder
 * @returns {Promise<Finding[]>}
 */
export async function findingsOfKnip(folder) {
  const { stdout } = await run(process.execPath, [KNIP, '--reporter', 'json', '--no-config-hints'], { cwd: folder })
  /** @type {{ issues: Record<string, unknown>[] }} */
  const { issues } = parseReport('knip', stdout)
  return issues.flatMap(({ file, ...kinds }) =>
    Object.entries(kinds)
      .filter(([, found]) => Array.isArray(found) && found.length > 0)
      .map(([kind]) => ({ file: String(file), rule: `knip ${kind}` })),
  )
}

/**
 * The same tools as a developer would run them, with their own words on the screen.
 * @type {readonly { title: string, args: readonly string[], remedy: string }[]}
 */
export const CHECKS = [
  {
    title: 'format and rules (Biome)',
    args: [BIOME, 'check', '--error-on-warnings', '--max-diagnostics=100', '.'],
    remedy: '`npx biome check --write .` repairs what can be repaired by itself.',
  },
  {
    title: 'types (tsc -b)',
    args: [TSC, '-b', '--pretty', 'false'],
    remedy: 'Each line above names a file and a place.',
  },
  {
    title: 'nothing unused (knip)',
    args: [KNIP, '--no-config-hints'],
    remedy: 'Remove what is listed, or use it.',
  },
]
