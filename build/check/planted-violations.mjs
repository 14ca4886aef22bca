/** Proves that the linter, the compiler and knip catch what they are set up to catch. */
import fs from 'node:fs'
import path from 'node:path'
import { OUT, ROOT } from '../paths.mjs'
import { findingsOfBiome, findingsOfKnip, findingsOfTypeScript } from './findings.mjs'

const FIXTURES = path.join(ROOT, 'tests', 'lint-fixtures')
const SCRATCH = path.join(OUT, 'lint-fixtures')
/** The project's own settings, unchanged: they are what is on trial. */
const SETTINGS = [
  'biome.json',
  'knip.json',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'build/check/biome-plugins',
]
const FOLDERS = ['shared', 'electron', 'renderer', 'district']
const PROJECTS = [...FOLDERS, 'shared/node']
const NOTHING = 'nothing'

/**
 * @param {string} folder
 * @returns {string[]} paths from the fixtures' root
 */
function fixturesIn(folder) {
  return fs
    .readdirSync(path.join(FIXTURES, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
    .sort()
}

/** @param {string} fixture */
function expectationsOf(fixture) {
  const text = fs.readFileSync(path.join(FIXTURES, fixture), 'utf8')
  return [...text.matchAll(/^\/\/ caught by: (.+)$/gm)].map((match) => match[1] ?? '')
}

function makeScratchProject() {
  fs.rmSync(SCRATCH, { recursive: true, force: true })
  for (const name of SETTINGS) fs.cpSync(path.join(ROOT, name), path.join(SCRATCH, name), { recursive: true })
  for (const folder of FOLDERS) {
    fs.cpSync(path.join(FIXTURES, folder), path.join(SCRATCH, folder), { recursive: true })
  }
  for (const project of PROJECTS) {
    fs.cpSync(path.join(ROOT, project, 'tsconfig.json'), path.join(SCRATCH, project, 'tsconfig.json'))
  }
}

/**
 * @param {string} fixture
 * @param {readonly string[]} expected
 * @param {ReadonlySet<string>} found
 * @returns {string[]} what is wrong, in words
 */
export function complaintsAbout(fixture, expected, found) {
  if (expected.length === 0) return [`${fixture} does not say what should catch it`]
  if (expected.includes(NOTHING)) {
    return [...found]
      .filter((finding) => !finding.startsWith('knip '))
      .map((finding) => `${fixture} should pass, but: ${finding}`)
  }
  return expected
    .filter((finding) => !found.has(finding))
    .map((finding) => `${fixture} was not caught by ${finding} (found: ${[...found].join(', ') || NOTHING})`)
}

/** @returns {Promise<{ planted: number, complaints: string[] }>} */
export async function tryPlantedViolations() {
  makeScratchProject()
  const reports = await Promise.all([findingsOfBiome(SCRATCH), findingsOfTypeScript(SCRATCH), findingsOfKnip(SCRATCH)])
  const findings = reports.flat()
  const fixtures = FOLDERS.flatMap(fixturesIn)
  const complaints = fixtures.flatMap((fixture) => {
    const found = new Set(findings.filter(({ file }) => file === fixture).map(({ rule }) => rule))
    return complaintsAbout(fixture, expectationsOf(fixture), found)
  })
  return { planted: fixtures.length, complaints }
}
