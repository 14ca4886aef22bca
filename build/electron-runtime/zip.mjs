/** Unpacks a zip archive held in memory: stored or deflated entries, no zip64. */
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const DEFLATED = 8

/** @typedef {{ name: string, mode: number, size: number, deflated: boolean, packed: Buffer }} ZipEntry */

/**
 * @param {Buffer} zip
 * @returns {Generator<ZipEntry>}
 */
function* entries(zip) {
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1
  if (end < 0) throw new Error('not a zip archive')

  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the zip directory is damaged')
    const nameLength = zip.readUInt16LE(at + 28)
    const head = zip.readUInt32LE(at + 42)
    const start = head + 30 + zip.readUInt16LE(head + 26) + zip.readUInt16LE(head + 28)
    yield {
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      mode: (zip.readUInt32LE(at + 38) >>> 16) & 0o777,
      size: zip.readUInt32LE(at + 24),
      deflated: zip.readUInt16LE(at + 10) === DEFLATED,
      packed: zip.subarray(start, start + zip.readUInt32LE(at + 20)),
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}

/**
 * Writes the files below `prefix` into a folder, with their modes.
 * @param {Buffer} zip
 * @param {{ prefix: string, skip: readonly RegExp[], into: string }} options
 */
export function unzip(zip, { prefix, skip, into }) {
  for (const entry of entries(zip)) {
    const name = entry.name.startsWith(prefix) ? entry.name.slice(prefix.length) : ''
    const leavesFolder = name.split('/').includes('..')
    if (name === '' || name.endsWith('/') || leavesFolder || skip.some((pattern) => pattern.test(name))) continue

    const data = entry.deflated ? zlib.inflateRawSync(entry.packed) : entry.packed
    if (data.length !== entry.size) throw new Error(`${entry.name}: ${data.length} of ${entry.size} bytes`)
    const file = path.join(into, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, data, { mode: entry.mode || 0o644 })
  }
}
