/** Ids and hashes as 32-bit words: a string of 36 characters for each of 250,000 events would cost most of the memory. */
const byteTexts = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const dash = 45
const notHex = 16
/** Of each character code what it stands for: a regular expression and five numbers parsed take ten times as long. */
const hexValues = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code))
  return value < 0 ? notHex : value
})
const sha256Shape = /^[0-9a-f]{64}$/

/** Words of a UUID. */
export const uuidWords = 4
/** Words of a SHA-256. */
export const sha256Words = 8

/** Undefined for what is not a UUID in its usual lower-case form. */
export function findUuidWords(text: string): Uint32Array | undefined {
  if (text.length !== 36) return undefined
  const words = new Uint32Array(uuidWords)
  let digits = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== dash) return undefined
      continue
    }
    const value = hexValues[code] ?? notHex
    if (value === notHex) return undefined
    words[digits >> 3] = ((words[digits >> 3] ?? 0) << 4) | value
    digits += 1
  }
  return words
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
