import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkIntegrity } from '../../../build/electron-runtime/fallback.mjs'
import { isNodeNewEnough } from '../../../build/setup/node-version.mjs'
import { packagesDiffer } from '../../../build/setup/packages.mjs'
import { makeMissingLinks } from '../../../build/setup/postgres-links.mjs'
import { missingPackages, packagesFor } from '../../../build/setup/system-libraries.mjs'

test.each([
  ['18.20.0', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['22.0.0', true],
])('Node %s is new enough: %s', (version, expected) => {
  expect(isNodeNewEnough(version)).toBe(expected)
})

describe('installed packages', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  }

  test('are current without the optional ones of other systems', () => {
    expect(packagesDiffer(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(false)
  })

  test('are not current with another version, or one missing', () => {
    expect(packagesDiffer(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(true)
    expect(packagesDiffer(wanted, {})).toBe(true)
  })
})

describe('system packages', () => {
  test('count as installed under their older and their newer name, but not when only configured', () => {
    const answer = 'ii libnss3\nii libgtk-3-0t64\nrc xvfb\nun xauth\n'
    expect(missingPackages(['libnss3', 'libgtk-3-0', 'xvfb', 'xauth'], answer)).toEqual(['xvfb', 'xauth'])
  })

  test('include a virtual display only where there is no screen', () => {
    expect(packagesFor('desk', true)).not.toContain('xvfb')
    expect(packagesFor('desk', false)).toContain('xvfb')
    expect(packagesFor('tests', true)).toContain('poppler-utils')
  })
})

test('a runtime with another checksum is refused', () => {
  const wanted = { spec: 'some-runtime@1.0.0', integrity: 'sha512-AAAA' }
  expect(() => checkIntegrity(Buffer.from('other bytes'), wanted)).toThrow('is not the one this project knows')
})

test('library links that npm did not make are made once', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mot-cua-links-'))
  try {
    fs.mkdirSync(path.join(folder, 'native', 'lib'), { recursive: true })
    fs.writeFileSync(path.join(folder, 'native', 'lib', 'libpq.so.5.18'), 'library')
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
    fs.writeFileSync(path.join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links))

    expect(makeMissingLinks(folder)).toBe(1)
    expect(makeMissingLinks(folder)).toBe(0)
    expect(fs.readFileSync(path.join(folder, 'native', 'lib', 'libpq.so.5'), 'utf8')).toBe('library')
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
})
