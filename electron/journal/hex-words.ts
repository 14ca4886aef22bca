/** Ids and hashes as 32-bit words: a string of 36 characters for each of 250,000 events would cost most of the memory. */
const byteTexts = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const sha256Shape = /^[0-9a-f]{64}$/

/** Words of a UUID. */
export const uuidWords = 4
/** Words of a SHA-256. */
export const sha256Words = 8

/** Undefined for what is not a UUID in its usual lower-case form. */
export function findUuidWords(text: string): Uint32Array | undefined {
  if (!uuidShape.test(text)) return undefined
  return Uint32Array.of(
    Number.parseInt(text.slice(0, 8), 16),
    Number.parseInt(text.slice(9, 13) + text.slice(14, 18), 16),
    Number.parseInt(text.slice(19, 23) + text.slice(24, 28), 16),
    Number.parseInt(text.slice(28, 36), 16),
  )
}

export function findSha256Words(text: string): Uint32Array | undefined {
  if (!sha256Shape.test(text)) return undefined
  return Uint32Array.from({ length: sha256Words }, (_, at) => Number.parseInt(text.slice(at * 8, at * 8 + 8), 16))
}

export function uuidOf(words: Uint32Array, from: number): string {
  const a = hexOf(words[from] ?? 0)
  const b = hexOf(words[from + 1] ?? 0)
  const c = hexOf(words[from + 2] ?? 0)
  const d = hexOf(words[from + 3] ?? 0)
  return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`
}

export function sha256Of(words: Uint32Array, from: number): string {
  let text = ''
  for (let at = from; at < from + sha256Words; at += 1) text += hexOf(words[at] ?? 0)
  return text
}

function hexOf(word: number): string {
  return `${byteTexts[word >>> 24]}${byteTexts[(word >>> 16) & 255]}${byteTexts[(word >>> 8) & 255]}${byteTexts[word & 255]}`
}
