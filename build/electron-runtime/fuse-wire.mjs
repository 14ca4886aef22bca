/** Sets the fuses in an Electron binary, with built-ins only, because it happens before packages can be relied on. */
import fs from 'node:fs'

/** Marks the fuse wire in every Electron binary; then a version byte, a count byte and one character a fuse. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const WIRE_VERSION = 1

/**
 * @param {string} file
 * @param {string} states one `0` or `1` for each fuse
 */
export function setFuseWire(file, states) {
  const binary = fs.readFileSync(file)
  const at = binary.indexOf(SENTINEL) + SENTINEL.length
  if (at < SENTINEL.length || binary[at] !== WIRE_VERSION || binary[at + 1] !== states.length) {
    throw new Error(`${file} has no fuse wire of the expected form`)
  }
  binary.write(states, at + 2, 'latin1')
  fs.writeFileSync(file, binary)
}
