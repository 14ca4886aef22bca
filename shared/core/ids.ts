declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type EventId = Branded<'EventId'>
export type CommandId = Branded<'CommandId'>
export type DossierId = Branded<'DossierId'>
export type DraftId = Branded<'DraftId'>
export type DeskId = Branded<'DeskId'>
export type StaffId = Branded<'StaffId'>
/** An opaque unit key. Official codes were re-used with other meanings, so they are attributes, never the key. */
export type UnitId = Branded<'UnitId'>

/**
 * Lays out a UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, version, variant, 74 random bits.
 * Clock and randomness are arguments: this layer has neither.
 */
export function uuidV7(unixMs: number, random: Uint8Array): string {
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0')
  const byte = (index: number) => random[index] ?? 0
  const time = hex(Math.max(0, Math.floor(unixMs)), 12)
  const versioned = hex(0x70 | (byte(0) & 0x0f), 2) + hex(byte(1), 2)
  const variant = hex(0x80 | (byte(2) & 0x3f), 2) + hex(byte(3), 2)
  const tail = [4, 5, 6, 7, 8, 9].map((index) => hex(byte(index), 2)).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-${versioned}-${variant}-${tail}`
}
