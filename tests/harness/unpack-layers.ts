import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib'

export interface Layer {
  readonly layer: string
  readonly bytes: Buffer
}

/** Larger ones are streams gone wrong. */
const maxUnpacked = 64 * 1024 * 1024

/**
 * The bytes of a file as they lie, and everything that can be unpacked from them: LevelDB tables and logs with their
 * snappy blocks, values that Chromium packs with snappy before it stores them, gzip and zlib streams (also inside PNG),
 * a whole file of brotli. What does not unpack is nothing of that kind.
 */
export function unpackedLayers(file: Buffer): readonly Layer[] {
  const tables = [...tableBlocks(file), ...logPayloads(file)]
  const asStored: Layer[] = [{ layer: 'as it lies', bytes: file }, ...tables]
  return [...asStored, ...asStored.flatMap(({ bytes }) => [...packedValues(bytes), ...streams(bytes)])]
}

const tableMagic = Buffer.from('57fb808b247547db', 'hex')
const footerBytes = 48

/** The blocks of a LevelDB table: its index names them, each ends in its kind and a checksum. */
function tableBlocks(file: Buffer): Layer[] {
  if (file.byteLength < footerBytes || !file.subarray(-8).equals(tableMagic)) return []
  const footer = file.subarray(-footerBytes)
  const at = { at: 0 }
  const handles = [readHandle(footer, at), readHandle(footer, at)]
  const layers: Layer[] = []
  for (const handle of handles) {
    const index = readBlock(file, handle)
    if (!index) continue
    layers.push(index)
    for (const { value } of blockEntries(index.bytes)) {
      const block = readBlock(file, readHandle(value, { at: 0 }))
      // Keys share their beginnings with the one before: put together they read as they were written.
      if (block) layers.push(block, { layer: 'table keys and values', bytes: joined(blockEntries(block.bytes)) })
    }
  }
  return layers
}

interface Handle {
  readonly offset: number
  readonly size: number
}

function readHandle(bytes: Buffer, place: { at: number }): Handle {
  return { offset: readVarint(bytes, place), size: readVarint(bytes, place) }
}

function readVarint(bytes: Buffer, place: { at: number }): number {
  let value = 0
  for (let shift = 0; shift < 49; shift += 7) {
    const byte = bytes[place.at] ?? 0
    place.at += 1
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  return value
}

function readBlock(file: Buffer, { offset, size }: Handle): Layer | undefined {
  if (size <= 0 || offset + size + 5 > file.byteLength) return undefined
  const raw = file.subarray(offset, offset + size)
  if (file[offset + size] !== 1) return { layer: 'table block', bytes: raw }
  const bytes = unsnap(raw)
  return bytes && { layer: 'snappy block', bytes }
}

interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

function blockEntries(block: Buffer): readonly Entry[] {
  if (block.byteLength < 4) return []
  const end = block.byteLength - 4 * (1 + block.readUInt32LE(block.byteLength - 4))
  const entries: Entry[] = []
  const place = { at: 0 }
  let key: Buffer = Buffer.alloc(0)
  while (place.at < end) {
    const [shared, rest, size] = [readVarint(block, place), readVarint(block, place), readVarint(block, place)]
    if (place.at + rest + size > end) break
    key = Buffer.concat([key.subarray(0, shared), block.subarray(place.at, place.at + rest)])
    const value = block.subarray(place.at + rest, place.at + rest + size)
    place.at += rest + size
    entries.push({ key, value })
  }
  return entries
}

function joined(entries: readonly Entry[]): Buffer {
  return Buffer.concat(entries.flatMap(({ key, value }) => [key, value]))
}

const logBlockBytes = 32 * 1024
const logHeaderBytes = 7

/** What a LevelDB log says once the headers are out that cut its records at every 32 KiB. */
function logPayloads(file: Buffer): Layer[] {
  const parts: Buffer[] = []
  for (let block = 0; block < file.byteLength; block += logBlockBytes) {
    const end = Math.min(block + logBlockBytes, file.byteLength)
    for (let at = block; at + logHeaderBytes <= end; ) {
      const size = file.readUInt16LE(at + 4)
      const kind = file[at + 6] ?? 0
      if (kind < 1 || kind > 4 || at + logHeaderBytes + size > end) break
      parts.push(file.subarray(at + logHeaderBytes, at + logHeaderBytes + size))
      at += logHeaderBytes + size
    }
  }
  return parts.length > 1 ? [{ layer: 'log records', bytes: Buffer.concat(parts) }] : []
}

/** How Chromium begins an IndexedDB value that it packed with snappy. */
const packedValue = Buffer.from('ff1102', 'hex')

function packedValues(bytes: Buffer): Layer[] {
  const layers: Layer[] = []
  for (let at = bytes.indexOf(packedValue); at >= 0; at = bytes.indexOf(packedValue, at + 1)) {
    const value = unsnap(bytes.subarray(at + packedValue.byteLength))
    if (value) layers.push({ layer: 'snappy value', bytes: value })
  }
  return layers
}

/** Snappy says first how much it will be; what follows behind that is left alone, so a value's end need not be known. */
function unsnap(bytes: Buffer): Buffer | undefined {
  const place = { at: 0 }
  const wanted = readVarint(bytes, place)
  if (wanted < 16 || wanted > maxUnpacked) return undefined
  const out = Buffer.alloc(wanted)
  let written = 0
  while (written < wanted && place.at < bytes.byteLength) {
    const tag = bytes[place.at] ?? 0
    place.at += 1
    if ((tag & 3) === 0) {
      const extra = Math.max(0, (tag >> 2) - 59)
      const length =
        1 + (extra === 0 ? tag >> 2 : bytes.readUIntLE(place.at, Math.min(extra, bytes.byteLength - place.at)))
      place.at += extra
      written += bytes.copy(out, written, place.at, place.at + length)
      place.at += length
      continue
    }
    const length = (tag & 3) === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2)
    const offset = readOffset(bytes, place, tag)
    if (offset === 0 || offset > written) return undefined
    for (let copied = 0; copied < length && written < wanted; copied += 1, written += 1) {
      out[written] = out[written - offset] ?? 0
    }
  }
  return written === wanted ? out : undefined
}

function readOffset(bytes: Buffer, place: { at: number }, tag: number): number {
  const width = (tag & 3) === 1 ? 1 : (tag & 3) === 2 ? 2 : 4
  if (place.at + width > bytes.byteLength) return 0
  const low = bytes.readUIntLE(place.at, width)
  place.at += width
  return width === 1 ? ((tag >> 5) << 8) + low : low
}

const tolerant = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxUnpacked }
const zlibHeads = [0x01, 0x5e, 0x9c, 0xda].map((second) => Buffer.of(0x78, second))
const gzipHead = Buffer.of(0x1f, 0x8b, 0x08)

function streams(bytes: Buffer): Layer[] {
  const layers: Layer[] = []
  const attempt = (layer: string, unpack: () => Buffer) => {
    try {
      const unpacked = unpack()
      if (unpacked.byteLength >= 16) layers.push({ layer, bytes: unpacked })
    } catch {
      // Two bytes that only look like the beginning of a stream.
    }
  }
  for (const at of placesOf(bytes, gzipHead)) attempt('gzip', () => gunzipSync(bytes.subarray(at), tolerant))
  for (const head of zlibHeads) {
    for (const at of placesOf(bytes, head)) attempt('zlib', () => inflateSync(bytes.subarray(at), tolerant))
  }
  attempt('brotli', () => brotliDecompressSync(bytes, { maxOutputLength: maxUnpacked }))
  return layers
}

function placesOf(bytes: Buffer, head: Buffer): readonly number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(head); at >= 0; at = bytes.indexOf(head, at + 1)) places.push(at)
  return places
}
