import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'

const restMs = 4_000

/** Milliseconds that a page of 900 records takes to unpack and to parse, without anything of ours. */
export interface AfterRest {
  readonly atOnce: number
  /** The same page, in the same program, after it did nothing for four seconds. */
  readonly rested: number
}

const text = Array.from({ length: 900 }, () =>
  JSON.stringify({ id: randomUUID(), salt: randomUUID(), text: 'Đã gọi số máy, hẹn buổi chiều. '.repeat(20) }),
).join('\n')
const packed = brotliCompressSync(text)

/** What a rest costs on this machine: on one of its own next to nothing, on a virtual one that shares its memory more. */
export async function afterRest(): Promise<AfterRest> {
  for (let warming = 0; warming < 10; warming += 1) msOfPage()
  const atOnce = msOfPage()
  await sleep(restMs)
  return { atOnce, rested: msOfPage() }
}

function msOfPage(): number {
  const began = performance.now()
  for (const line of brotliDecompressSync(packed).toString().split('\n')) JSON.parse(line)
  return performance.now() - began
}
