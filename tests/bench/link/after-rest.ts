import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** Milliseconds that 900 records take to unpack and to parse, in a program that does nothing else. */
export interface AfterRest {
  readonly atOnce: number
  /** The same records in the same program, after it did nothing for a while. */
  readonly rested: number
}

const restMs = 4_000
const records = Array.from({ length: 900 }, () =>
  JSON.stringify({ id: randomUUID(), salt: randomUUID(), text: 'Đã gọi. '.repeat(80) }),
)
const packed = brotliCompressSync(records.join('\n'), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
for (let warming = 0; warming < 10; warming += 1) msOfRecords()
const atOnce = msOfRecords()
await sleep(restMs)
const answer: AfterRest = { atOnce, rested: msOfRecords() }
console.log(JSON.stringify(answer))

function msOfRecords(): number {
  const began = performance.now()
  for (const line of brotliDecompressSync(packed).toString().split('\n')) JSON.parse(line)
  return performance.now() - began
}
