import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { err, ok, type Result } from '../core/result.ts'
import {
  type CourierHead,
  type CourierRecord,
  courierHeadBytes,
  courierHeadSchema,
  courierMagic,
  courierPartBytes,
  courierRecordSchema,
  courierSealContext,
  courierSignatureInput,
  courierVersion,
} from '../wire/courier.ts'
import { openSealed, sealTo } from './sealed-box.ts'

/**
 * Writes and reads the bytes of a courier file (`shared/wire/courier.ts`), a part at a time: 300 MB of scans pass through
 * the memory of one.
 */
export interface CourierEntry {
  readonly record: CourierRecord
  /** The bytes of a scan. */
  readonly content?: Uint8Array
}

export type CourierOutline = Omit<CourierHead, 'events' | 'scans' | 'bytes' | 'sha256' | 'signature'>

const keyBytes = 32
const tagBytes = 16
/** HPKE: version, encapsulated point, key, tag. */
const sealedKeyBytes = 1 + 65 + keyBytes + tagBytes
const sealedPartBytes = courierPartBytes + tagBytes
/** A page of the exchange with its escapes is the largest record. */
const maxRecordBytes = 64 * 1024 * 1024

/** Fills an empty file and syncs it. The head comes last: a file that was not finished has none. */
export async function writeCourier(
  handle: FileHandle,
  outline: CourierOutline,
  boxKey: string,
  entries: AsyncIterable<CourierEntry>,
  sign: (text: string) => string,
): Promise<CourierHead> {
  const key = randomBytes(keyBytes)
  const hash = createHash('sha256')
  const counts = { events: 0, scans: 0 }
  let end = courierHeadBytes
  const put = async (bytes: Uint8Array) => {
    hash.update(bytes)
    await writeAll(handle, bytes, end)
    end += bytes.byteLength
  }
  await put(await sealTo(boxKey, courierSealContext(outline), key))
  let part = 0
  let waiting: Buffer = Buffer.alloc(0)
  for await (const entry of entries) {
    count(counts, entry.record)
    waiting = Buffer.concat([waiting, encodeRecord(entry)])
    // What is written here is never the last: that one comes when there is nothing more.
    while (waiting.byteLength > courierPartBytes) {
      await put(sealPart(key, part, false, waiting.subarray(0, courierPartBytes)))
      waiting = waiting.subarray(courierPartBytes)
      part += 1
    }
  }
  await put(sealPart(key, part, true, waiting))
  const unsigned = { ...outline, ...counts, bytes: end - courierHeadBytes, sha256: hash.digest('hex') }
  const head = { ...unsigned, signature: sign(courierSignatureInput(unsigned)) }
  await writeAll(handle, encodeHead(head), 0)
  await handle.sync()
  return head
}

export async function readCourierHead(
  handle: FileHandle,
): Promise<Result<CourierHead, 'courier/not-courier' | 'courier/newer-version' | 'courier/cut' | 'courier/changed'>> {
  const bytes = await readUpTo(handle, courierHeadBytes, 0)
  const text = bytes.toString('utf8')
  const version = new RegExp(`^${courierMagic}(\\d{1,6})\n`).exec(text)?.[1]
  if (version === undefined) return err('courier/not-courier')
  if (Number(version) > courierVersion) return err('courier/newer-version')
  if (bytes.byteLength < courierHeadBytes) return err('courier/cut')
  const head = courierHeadSchema.safeParse(parseJson(text.slice(text.indexOf('\n') + 1)))
  // Written again it must be the same bytes: there is no room in a head for anything that is not signed.
  const isExact = head.success && encodeHead(head.data).equals(bytes) && isCanonical(head.data.signature)
  return isExact ? ok(head.data) : err('courier/changed')
}

/** Reads the whole file once: is it the body its head speaks of? */
export async function findBodyFault(
  handle: FileHandle,
  head: CourierHead,
): Promise<'courier/cut' | 'courier/changed' | undefined> {
  const { size } = await handle.stat()
  if (size !== courierHeadBytes + head.bytes) return 'courier/cut'
  const hash = createHash('sha256')
  for (let at = courierHeadBytes; at < size; ) {
    const part = await readUpTo(handle, Math.min(sealedPartBytes, size - at), at)
    if (part.byteLength === 0) return 'courier/cut'
    hash.update(part)
    at += part.byteLength
  }
  return hash.digest('hex') === head.sha256 ? undefined : 'courier/changed'
}

/** The records of a file whose head and body were checked; ends after the first one that cannot be read. */
export async function* readCourierEntries(
  handle: FileHandle,
  head: CourierHead,
  privateKey: string,
): AsyncGenerator<Result<CourierEntry, 'courier/changed'>> {
  const sealedKey = await readUpTo(handle, sealedKeyBytes, courierHeadBytes)
  const key = await openSealed(privateKey, courierSealContext(head), sealedKey)
  if (key?.byteLength !== keyBytes) return yield err('courier/changed')
  const partsAt = courierHeadBytes + sealedKeyBytes
  const end = courierHeadBytes + head.bytes
  let part = 0
  let plain: Buffer = Buffer.alloc(0)
  /** True once `wanted` plain bytes wait, or false where the file has no more. */
  const fill = async (wanted: number): Promise<boolean> => {
    const pieces: Buffer[] = [plain]
    let held = plain.byteLength
    while (held < wanted) {
      const at = partsAt + part * sealedPartBytes
      if (at >= end) return false
      const bytes = Math.min(sealedPartBytes, end - at)
      const opened = openPart(key, part, at + bytes === end, await readUpTo(handle, bytes, at))
      if (!opened) return false
      pieces.push(opened)
      held += opened.byteLength
      part += 1
    }
    plain = Buffer.concat(pieces)
    return true
  }
  const take = async (bytes: number): Promise<Buffer | undefined> => {
    if (bytes > maxRecordBytes || !(await fill(bytes))) return undefined
    const taken = plain.subarray(0, bytes)
    plain = plain.subarray(bytes)
    return taken
  }
  for (;;) {
    const length = (await take(4))?.readUInt32BE()
    const json = length === undefined ? undefined : await take(length)
    const record = courierRecordSchema.safeParse(json && parseJson(json.toString('utf8')))
    if (!record.success) return yield err('courier/changed')
    const content = record.data.record === 'scan' ? await take(record.data.bytes) : undefined
    if (record.data.record === 'scan' && !content) return yield err('courier/changed')
    yield ok({ record: record.data, ...(content ? { content } : {}) })
    if (record.data.record === 'end') return
  }
}

function encodeRecord({ record, content }: CourierEntry): Buffer {
  const json = Buffer.from(JSON.stringify(record))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.byteLength)
  return Buffer.concat([length, json, content ?? Buffer.alloc(0)])
}

function encodeHead(head: CourierHead): Buffer {
  const line = `${courierMagic}${courierVersion}\n${JSON.stringify(head)}`
  return Buffer.from(`${line.padEnd(courierHeadBytes - 1)}\n`)
}

/** Base64 has bits that mean nothing; here they are zero. */
function isCanonical(base64: string): boolean {
  return Buffer.from(base64, 'base64').toString('base64') === base64
}

/** The key serves one file, so the part's number is nonce enough. */
function nonceOf(part: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(part, 8)
  return nonce
}

function sealPart(key: Uint8Array, part: number, isLast: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(part)).setAAD(Buffer.of(isLast ? 1 : 0))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function openPart(key: Uint8Array, part: number, isLast: boolean, sealed: Buffer): Buffer | undefined {
  const tagAt = sealed.byteLength - tagBytes
  if (tagAt < 0) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(part))
    .setAAD(Buffer.of(isLast ? 1 : 0))
    .setAuthTag(sealed.subarray(tagAt))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, tagAt)), decipher.final()])
  } catch {
    return undefined
  }
}

function count(counts: { events: number; scans: number }, record: CourierRecord): void {
  if (record.record === 'events') counts.events += record.events.length
  if (record.record === 'scan') counts.scans += 1
  if (record.record === 'held') counts.scans += record.scans.length
  if (record.record === 'reply')
    counts.events += (record.reply as { verdicts?: readonly unknown[] }).verdicts?.length ?? 0
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readUpTo(handle: FileHandle, bytes: number, position: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes)
  let read = 0
  while (read < bytes) {
    const step = await handle.read(buffer, read, bytes - read, position + read)
    if (step.bytesRead === 0) break
    read += step.bytesRead
  }
  return buffer.subarray(0, read)
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < bytes.byteLength) {
    const step = await handle.write(bytes, written, bytes.byteLength - written, position + written)
    written += step.bytesWritten
  }
}
