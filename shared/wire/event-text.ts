import { z } from 'zod'

/** A text as the UTF-8 it came in, read only when somebody asks; in JSON it is a string like any other. */
export abstract class TextBytes {
  abstract readonly bytes: Uint8Array
  abstract toString(): string

  toJSON(): string {
    return this.toString()
  }
}

/**
 * The exact text of an event. Journals, messages and the district's stream carry it as bytes: most of what passes through
 * them is read by nobody on the way. `String(text)` reads it.
 */
export type EventText = string | TextBytes

/** Characters one event's text may have; a desk never makes a longer one. */
export const maxEventText = 512 * 1024
/** As many bytes a character may have in UTF-8. */
const bytesPerCharacter = 3

export const eventTextSchema = z.custom<EventText>((text) =>
  typeof text === 'string' ? text.length <= maxEventText : text instanceof TextBytes && isShortEnough(text),
)

function isShortEnough(text: TextBytes): boolean {
  const { byteLength } = text.bytes
  if (byteLength <= maxEventText) return true
  // What is too long however it is counted is not read.
  return byteLength <= bytesPerCharacter * maxEventText && text.toString().length <= maxEventText
}

/** Bytes it is carried as; for a string about as many. */
export function sizeOf(text: EventText): number {
  return typeof text === 'string' ? text.length : text.bytes.byteLength
}

export function isSameText(one: EventText, other: EventText): boolean {
  return String(one) === String(other)
}
