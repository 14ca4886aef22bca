import type http from 'node:http'
import type { Readable } from 'node:stream'

/** What is used of `fetch`'s `Response`. */
export interface Answer extends Pick<Response, 'ok' | 'status' | 'headers' | 'arrayBuffer' | 'json'> {
  /** Read once, or asked for whole: one of both. */
  readonly body: AsyncIterable<Uint8Array> | null
}

/** So little is taken off the socket at once: it is free for the next request, read or not. */
const littleBytes = 64 * 1024

/**
 * An answer over Node's own stream: through a web stream a page of a megabyte would be copied, and kept, once more.
 * `body` is the unpacked content of the message, if it has any. Whoever asks for all of it hears when the line breaks off.
 * Throws on a status that no answer has.
 */
export function answerOf(message: http.IncomingMessage, body: Readable | null): Answer {
  const status = message.statusCode ?? 502
  if (status < 200 || status > 599) throw new RangeError(`status ${status}`)
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const isLittle = Number(headers.get('content-length') ?? Number.POSITIVE_INFINITY) <= littleBytes
  const little = body && isLittle ? wholeOf(body) : undefined
  little?.catch(() => undefined)
  const arrayBuffer = async () => (await (little ?? (body && wholeOf(body)))) ?? new ArrayBuffer(0)
  return {
    ok: status < 300,
    status,
    headers,
    body: little ? partsOf(little) : body,
    arrayBuffer,
    json: async () => JSON.parse(Buffer.from(await arrayBuffer()).toString('utf8')),
  }
}

async function* partsOf(whole: Promise<ArrayBuffer>): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await whole)
}

async function wholeOf(body: Readable): Promise<ArrayBuffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of body as AsyncIterable<Buffer>) {
    parts.push(part)
    length += part.byteLength
  }
  const whole = new Uint8Array(length)
  let end = 0
  for (const part of parts) {
    whole.set(part, end)
    end += part.byteLength
  }
  return whole.buffer
}
