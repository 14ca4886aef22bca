/** Debian packages that Electron, a virtual display and the PDF checks need; installed where that is possible. */
import { spawnSync } from 'node:child_process'
import { run, StepFailed, say, step } from '../terminal.mjs'

/** What the desk window needs; apt brings the rest of Electron's libraries along. */
const DESK = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libcups2', 'dbus', 'fonts-noto-core']
/** What a machine without a screen needs in addition. */
const VIRTUAL_DISPLAY = ['xvfb', 'xauth']
/** What tests and the tour need to read printed papers. */
const PAPER_CHECKS = ['poppler-utils']
/** What records system calls for the power-cut attack. */
const ATTACKS = ['strace']

/** Newer Debian releases renamed some libraries for 64-bit time. */
const RENAMED_SUFFIX = 't64'

/** @typedef {'desk' | 'tests'} Purpose */

export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/**
 * @param {Purpose} purpose
 * @param {boolean} display whether there is a screen
 */
export function packagesFor(purpose, display) {
  return [
    ...DESK,
    ...(display ? [] : VIRTUAL_DISPLAY),
    ...(purpose === 'tests' || !display ? PAPER_CHECKS : []),
    ...(purpose === 'tests' ? ATTACKS : []),
  ]
}

/**
 * @param {readonly string[]} names
 * @param {string} dpkgAnswer lines of `status name`, as dpkg-query gives them
 */
export function missingPackages(names, dpkgAnswer) {
  const installed = new Set(
    dpkgAnswer
      .split('\n')
      .filter((line) => line.startsWith('ii'))
      .map((line) => line.slice(2).trim()),
  )
  return names.filter((name) => !installed.has(name) && !installed.has(name + RENAMED_SUFFIX))
}

/** @param {readonly string[]} names */
function notInstalled(names) {
  const asked = names.flatMap((name) => [name, name + RENAMED_SUFFIX])
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query has placeholders of its own.
  const answer = spawnSync('dpkg-query', ['-W', '-f=${db:Status-Abbrev}${Package}\n', ...asked], { encoding: 'utf8' })
  return answer.error ? undefined : missingPackages(names, answer.stdout)
}

/**
 * The name this release of Debian knows a package by.
 * @param {string} name
 */
function nameInThisRelease(name) {
  const answer = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' })
  return /Candidate: (?!\(none\))\S/.test(answer.stdout ?? '') ? name : name + RENAMED_SUFFIX
}

/** @param {readonly string[]} names */
export async function ensurePackages(names) {
  if (process.platform !== 'linux' || names.length === 0) return
  const missing = notInstalled(names)
  // No dpkg: another kind of Linux, whose package names are not known here.
  if (missing === undefined || missing.length === 0) return

  const install = ['apt-get', 'install', '-y', '--no-install-recommends']
  if (process.getuid?.() !== 0) {
    throw new StepFailed(
      `System packages are missing: ${missing.join(', ')}.`,
      `Run this line once, then the command again:\n  sudo apt-get update && sudo ${install.join(' ')} ${missing.join(' ')}`,
    )
  }
  await step(`Installing system packages: ${missing.join(', ')}`, async () => {
    await apt(['update', '-qq'], 'Check that the Debian package servers can be reached, then run the command again.')
    const available = missing.map(nameInThisRelease)
    await apt(
      [...install.slice(1), '-qq', ...available],
      `Run "${install.join(' ')} ${available.join(' ')}" by hand and read what it says.`,
    )
  })
}

/**
 * @param {readonly string[]} args
 * @param {string} remedy
 */
async function apt(args, remedy) {
  const result = await run('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  if (result.code === 0) return
  say(lastLines(result.stdout + result.stderr))
  throw new StepFailed(`apt-get ${args[0]} ended with code ${result.code}.`, remedy)
}

/** @param {string} text */
function lastLines(text) {
  return text.trim().split('\n').slice(-15).join('\n')
}

/** @param {Purpose} purpose */
export async function ensureSystemLibraries(purpose) {
  await ensurePackages(packagesFor(purpose, hasDisplay()))
}
