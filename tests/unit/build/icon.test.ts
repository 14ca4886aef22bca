import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../../build/paths.mjs'

const builder = fs.readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8')

function iconOf(system: 'linux' | 'win'): Buffer {
  const file = new RegExp(`^${system}:\\n(?: {2}.*\\n)*? {2}icon: (\\S+)$`, 'm').exec(builder)?.[1]
  return fs.readFileSync(path.join(ROOT, file ?? `no icon for ${system}`))
}

test('the installers carry the app’s own mark: 512 pixels for Linux, up to 256 for Windows', () => {
  const png = iconOf('linux')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512])
  const ico = iconOf('win')
  const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, at) => ico.readUInt8(6 + 16 * at) || 256)
  expect(widths).toEqual([16, 24, 32, 48, 64, 256])
})
