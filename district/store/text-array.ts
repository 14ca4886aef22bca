import { byteLengthOf, putText } from '../../shared/node/utf8-text.ts'
import type { EventText } from '../../shared/wire/event-text.ts'

const textOid = 25

/**
 * A `text[]` as PostgreSQL reads it in binary. Long texts go to it as they are; written as an array literal every quote
 * of their JSON would be escaped here and read again there.
 */
export function textArray(texts: readonly EventText[]): Buffer {
  const length = texts.reduce((sum, text) => sum + 4 + byteLengthOf(text), 20)
  const array = Buffer.allocUnsafe(length)
  // One dimension, no nulls, of this type, so many, counted from one.
  const header = [texts.length === 0 ? 0 : 1, 0, textOid, texts.length, 1]
  let end = header.reduce((at, value) => array.writeInt32BE(value, at), 0)
  if (texts.length === 0) return array.subarray(0, 12)
  for (const text of texts) {
    const bytes = putText(text, array, end + 4)
    end = array.writeInt32BE(bytes, end) + bytes
  }
  return array
}
