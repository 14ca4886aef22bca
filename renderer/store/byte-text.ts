/**
 * RxDB's Dexie storage copies documents key by key, which destroys byte arrays: sealed bytes are kept as text, one
 * character for each byte. IndexedDB stores such text in as many bytes; base64 would take a third more and be coded twice.
 */
export function textOfBytes(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 8192) {
    // Spreading walks an iterator byte by byte: ten times as slow.
    text += String.fromCharCode.apply(null, bytes.subarray(start, start + 8192) as unknown as number[])
  }
  return text
}

export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index)
  return bytes
}
