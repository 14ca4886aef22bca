import { besideHeadOf, besideMediaType, besideMessageOf } from '../../shared/wire/beside.ts'
import type { ExchangeRequest } from '../../shared/wire/exchange.ts'

/** A request with the texts of its events beside it (`shared/wire/beside.ts`). */
export function packMessage(message: ExchangeRequest): Buffer {
  const head = JSON.stringify(besideHeadOf(message, Buffer.byteLength))
  return Buffer.from([`${head}\n`, ...message.events.map(({ text }) => text)].join(''))
}

/** The message of an answer, in either spelling; undefined when it was cut or cannot be read. */
export async function readMessage(answer: Response): Promise<unknown> {
  try {
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (answer.headers.get('content-type') !== besideMediaType) return JSON.parse(bytes.toString('utf8'))
    const from = bytes.indexOf('\n') + 1
    const head: unknown = JSON.parse(bytes.toString('utf8', 0, from))
    return besideMessageOf(head, bytes.byteLength - from, (a, b) => bytes.toString('utf8', from + a, from + b))
  } catch {
    return undefined
  }
}
