/** Reads one file out of a tar archive held in memory. */

const BLOCK = 512

/**
 * @param {Buffer} tar
 * @param {string} name
 */
export function fileInTar(tar, name) {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const entry = text(tar, at, 100)
    const size = Number.parseInt(text(tar, at + 124, 12), 8) || 0
    const start = at + BLOCK
    if (entry === name) return tar.subarray(start, start + size)
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
  throw new Error(`${name} is not in the package`)
}

/**
 * @param {Buffer} tar
 * @param {number} at
 * @param {number} length
 */
function text(tar, at, length) {
  return tar.toString('latin1', at, at + length).replace(/\0.*$/s, '')
}
