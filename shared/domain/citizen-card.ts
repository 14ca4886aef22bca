import { isPartialDate, type PartialDate } from '../core/partial-date.ts'
import { tidyText } from '../core/text-folding.ts'

/** What the QR of a chip card (CCCD gắn chip) says. */
export interface CitizenCard {
  readonly personalId: string
  /** The nine digits of the older chứng minh nhân dân, when there was one. */
  readonly oldId?: string
  readonly name: string
  readonly bornOn?: PartialDate
  readonly gender?: 'male' | 'female'
  readonly address: string
  readonly issuedOn?: PartialDate
  /** Newer cards append fields whose meaning is not published; they are kept and not used. */
  readonly extras: readonly string[]
  /** False when a keyboard-wedge scanner broke the letters: digits are still right, the name must be typed. */
  readonly lettersReadable: boolean
}

/**
 * Reads `number|old number|name|ddmmyyyy|gender|address|ddmmyyyy`. Seven fields are known, more are tolerated;
 * text that is not a card gives undefined.
 */
export function parseCitizenCard(scanned: string): CitizenCard | undefined {
  const fields = scanned.trim().split('|').map(tidyText)
  const [personalId = '', oldId = '', name = '', born = '', gender = '', address = '', issued = '', ...extras] = fields
  if (fields.length < 7 || !/^\d{12}$/.test(personalId)) return undefined
  const bornOn = parseCardDate(born)
  const issuedOn = parseCardDate(issued)
  const knownGender = parseGender(gender)
  return {
    personalId,
    ...(/^\d{9}$/.test(oldId) ? { oldId } : {}),
    name,
    ...(bornOn ? { bornOn } : {}),
    ...(knownGender ? { gender: knownGender } : {}),
    address,
    ...(issuedOn ? { issuedOn } : {}),
    extras,
    lettersReadable: !looksBroken(name) && !looksBroken(address.replace(/\d/g, '')),
  }
}

/** `14021985`; `00001952` and `1952` for people whose day of birth nobody knows. */
function parseCardDate(text: string): PartialDate | undefined {
  const parts = /^(?:(\d{2})(\d{2}))?(\d{4})$/.exec(text)
  if (!parts) return undefined
  const [, day = '00', month = '00', year = ''] = parts
  const date = [year, month, day].filter((part) => part !== '00').join('-')
  return isPartialDate(date) ? date : undefined
}

function parseGender(text: string): 'male' | 'female' | undefined {
  if (/^nam$/i.test(text)) return 'male'
  return /^n(ữ|u|ư)$/i.test(text) ? 'female' : undefined
}

/** A UTF-8 byte shown as a letter of its own never stands before these in Vietnamese: "Ná»¯" was "Nữ". */
const brokenPair = /[ÃÄÅÆá][\u0080-\u00bf‚„†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/

/** Byte-wise decoding, Alt codes, entities and lost characters, as wedge scanners produce them. */
function looksBroken(text: string): boolean {
  return brokenPair.test(text) || /\d|[»º†‡¡¿¬§\ufffd]|&#|&\w+;|%[0-9a-f]{2}/i.test(text)
}

export type PersonalIdRemark = 'personal-id/other-gender' | 'personal-id/other-birth-year'

/**
 * Compares a number with gender and birth date: digit 4 holds century and sex, digits 5–6 the year
 * (NĐ 137/2015/NĐ-CP Điều 13). There is no check digit, so this is a remark and never a refusal.
 */
export function remarksOnPersonalId(
  personalId: string,
  gender: 'male' | 'female' | undefined,
  bornOn: PartialDate | undefined,
): readonly PersonalIdRemark[] {
  const digits = personalId.replace(/\D/g, '')
  if (digits.length !== 12) return []
  const marker = Number(digits[3])
  const remarks: PersonalIdRemark[] = []
  if (gender && (marker % 2 === 0) !== (gender === 'male')) remarks.push('personal-id/other-gender')
  const year = String(1900 + 100 * Math.floor(marker / 2) + Number(digits.slice(4, 6)))
  if (bornOn && bornOn.slice(0, 4) !== year) remarks.push('personal-id/other-birth-year')
  return remarks
}
