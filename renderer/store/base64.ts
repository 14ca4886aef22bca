/** RxDB's Dexie storage copies documents key by key, which destroys byte arrays: sealed bytes are kept as text. */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += 8192) {
    // Spreading walks an iterator byte by byte: ten times as slow.
    binary += String.fromCharCode.apply(null, bytes.subarray(start, start + 8192) as unknown as number[])
  }
  return btoa(binary)
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index)
  return bytes
}
