import { type EventText, TextBytes } from '../wire/event-text.ts'

/** Over a stretch of a message or of a frame of the journal; what it lies in stays in memory as long as it does. */
export class Utf8Text extends TextBytes {
  constructor(readonly bytes: Buffer) {
    super()
  }

  override toString(): string {
    return this.bytes.toString('utf8')
  }
}

/** What hashing takes. */
export function contentOf(text: EventText): string | Uint8Array {
  return typeof text === 'string' ? text : text.bytes
}

export function byteLengthOf(text: EventText): number {
  return Buffer.byteLength(contentOf(text))
}

/** Answers how many bytes were put there. */
export function putText(text: EventText, into: Buffer, at: number): number {
  if (typeof text === 'string') return into.write(text, at)
  into.set(text.bytes, at)
  return text.bytes.byteLength
}
