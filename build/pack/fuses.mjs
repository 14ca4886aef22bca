/** Reads the fuses of a packaged binary back and compares them with what was ordered. */
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/** A fuse's character on the wire; the package does not export the names. */
const WORDS = /** @type {Record<number, string>} */ ({ [0x30]: 'off', [0x31]: 'on', [0x72]: 'removed' })

/** From the names of electron-builder's settings to those of the fuse wire. */
const ORDERED = /** @type {readonly (readonly [keyof typeof FuseV1Options, boolean])[]} */ ([
  ['RunAsNode', false],
  ['EnableCookieEncryption', true],
  ['EnableNodeOptionsEnvironmentVariable', false],
  ['EnableNodeCliInspectArguments', false],
  ['EnableEmbeddedAsarIntegrityValidation', true],
  ['OnlyLoadAppFromAsar', true],
  ['LoadBrowserProcessSpecificV8Snapshot', false],
  ['GrantFileProtocolExtraPrivileges', false],
])

/**
 * @param {string} binary
 * @returns {Promise<{ fuse: string, ordered: string, found: string }[]>}
 */
export async function readFuses(binary) {
  const wire = await getCurrentFuseWire(binary)
  return ORDERED.map(([fuse, on]) => {
    const state = wire[FuseV1Options[fuse]]
    const found = WORDS[Number(state)] ?? 'absent'
    return { fuse, ordered: on ? 'on' : 'off', found }
  })
}
