import { open } from 'node:fs/promises'
import { ok, type Result } from '../../shared/core/result.ts'
import { findBodyFault, readCourierHead } from '../../shared/node/courier-file.ts'
import {
  courierHeldSchema,
  courierPath,
  courierSignatureInput,
  maxCourierPartBytes,
} from '../../shared/wire/courier.ts'
import type { Answer } from '../exchange/answer.ts'
import type { DistrictClient, DistrictFailure } from '../exchange/district-client.ts'
import { type CarriedFile, type CourierStore, isRefusedForGood } from './courier-store.ts'

const askTimeoutMs = 30_000
/** A part of 1 MiB over 64 kbit/s takes two minutes; taking a large file in takes the district a while. */
const partTimeoutMs = 600_000

/**
 * Hands carried files over to the district, part by part from where an earlier try broke off, and keeps the receipts.
 * Stops at the first failure of the line; a refusal for good is noted and does not hold up the others.
 */
export async function forwardCouriers(
  client: DistrictClient,
  store: CourierStore,
  isOurDistrict: (text: string, signature: string) => boolean,
  signal: AbortSignal,
): Promise<Result<null, DistrictFailure>> {
  for (const carried of store.carried().filter(({ state }) => state === 'waiting')) {
    const done = await forward(client, store, carried, isOurDistrict, signal)
    if (done.ok) continue
    if (done.error.code !== 'district/refused' || !isRefusedForGood(done.error.reason)) return done
    await store.noteRefused(carried.head.fileId, done.error.reason)
  }
  return ok(null)
}

async function forward(
  client: DistrictClient,
  store: CourierStore,
  { head }: CarriedFile,
  isOurDistrict: (text: string, signature: string) => boolean,
  signal: AbortSignal,
): Promise<Result<null, DistrictFailure>> {
  const { fileId } = head
  const sent = await sendParts(client, store.fileOf(fileId, 'courier'), fileId, signal)
  if (!sent.ok) return sent
  const answered = await client.request({
    method: 'POST',
    path: courierPath,
    json: { fileId },
    timeoutMs: partTimeoutMs,
    signal,
  })
  if (!answered.ok) return answered
  const { body } = answered.value
  try {
    await store.keepReceipt(fileId, async (handle) => {
      for await (const part of body ?? []) await handle.appendFile(part as Uint8Array)
      await checkReceipt(handle, fileId, isOurDistrict)
    })
  } catch (cause) {
    if (cause instanceof ReceiptUnusable || !isOfDisk(cause)) return lineBroke
    throw cause
  }
  return ok(null)
}

class ReceiptUnusable extends Error {}

const lineBroke = { ok: false, error: { code: 'district/unreachable' } } as const

/** A reply cut in the middle is a broken line. */
async function checkReceipt(
  handle: Parameters<typeof readCourierHead>[0],
  fileId: string,
  isOurDistrict: (text: string, signature: string) => boolean,
): Promise<void> {
  const head = await readCourierHead(handle)
  const fits = head.ok && head.value.kind === 'receipt' && head.value.fileId === fileId
  if (!fits || !isOurDistrict(courierSignatureInput(head.value), head.value.signature)) throw new ReceiptUnusable()
  if (await findBodyFault(handle, head.value)) throw new ReceiptUnusable()
}

function isOfDisk(cause: unknown): boolean {
  return cause instanceof Error && 'syscall' in cause
}

async function sendParts(
  client: DistrictClient,
  file: string,
  fileId: string,
  signal: AbortSignal,
): Promise<Result<null, DistrictFailure>> {
  const path = `${courierPath}/${fileId}`
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    let held = await heldAfter(client.request({ method: 'GET', path, timeoutMs: askTimeoutMs, signal }))
    while (held.ok && held.value < size) {
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(maxCourierPartBytes),
        0,
        maxCourierPartBytes,
        held.value,
      )
      const bytes = { mediaType: 'application/octet-stream', content: buffer.subarray(0, bytesRead) }
      const put = { method: 'PUT', path: `${path}/${held.value}`, bytes, timeoutMs: partTimeoutMs, signal } as const
      const next = await heldAfter(client.request(put))
      // An answer that does not move on would send the same part for ever.
      if (next.ok && next.value <= held.value) return lineBroke
      held = next
    }
    return held.ok ? ok(null) : held
  } finally {
    await handle.close()
  }
}

async function heldAfter(asked: Promise<Result<Answer, DistrictFailure>>): Promise<Result<number, DistrictFailure>> {
  const answered = await asked
  if (!answered.ok) return answered
  const body = courierHeldSchema.safeParse(await answered.value.json().catch(() => undefined))
  return body.success ? ok(body.data.held) : lineBroke
}
