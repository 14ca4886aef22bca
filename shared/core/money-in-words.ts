const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const scales = ['', ' nghìn', ' triệu'] as const
const billion = 1_000_000_000

function digit(value: number): string {
  return digits[value] ?? ''
}

/**
 * An amount of đồng in words, as papers repeat it: 16000 gives "mười sáu nghìn đồng". Northern usage (linh, nghìn, tư).
 * @param amountVnd whole đồng, not negative
 * @param options.capitalised first letter in upper case, for the start of a line
 */
export function moneyInWords(amountVnd: number, options: { readonly capitalised?: boolean } = {}): string {
  const words = `${numberInWords(amountVnd)} đồng`
  return options.capitalised ? words.slice(0, 1).toUpperCase() + words.slice(1) : words
}

function numberInWords(value: number): string {
  if (value === 0) return digit(0)
  const billions = Math.floor(value / billion)
  const rest = value % billion
  const head = billions > 0 ? `${numberInWords(billions)} tỷ` : ''
  return [head, belowBillion(rest, billions > 0)].filter(Boolean).join(' ')
}

/** @param continued true when a higher group was read before, so that empty hundreds are said: "không trăm linh năm" */
function belowBillion(value: number, continued: boolean): string {
  const words: string[] = []
  for (const [power, scale] of [...scales.entries()].reverse()) {
    const group = Math.floor(value / 1000 ** power) % 1000
    if (group > 0) words.push(groupInWords(group, continued || words.length > 0) + scale)
  }
  return words.join(' ')
}

function groupInWords(group: number, continued: boolean): string {
  const hundreds = Math.floor(group / 100)
  const rest = group % 100
  if (hundreds === 0 && !continued) return tensInWords(rest, false)
  const head = `${digit(hundreds)} trăm`
  return rest === 0 ? head : `${head} ${tensInWords(rest, true)}`
}

function tensInWords(value: number, afterHundred: boolean): string {
  const tens = Math.floor(value / 10)
  const units = value % 10
  if (tens === 0) return afterHundred ? `linh ${digit(units)}` : digit(units)
  const head = tens === 1 ? 'mười' : `${digit(tens)} mươi`
  return units === 0 ? head : `${head} ${unitsAfterTens(units, tens)}`
}

/** One, four and five change after tens: hai mươi mốt, hai mươi tư, mười lăm. */
function unitsAfterTens(units: number, tens: number): string {
  if (units === 5) return 'lăm'
  if (tens > 1 && units === 1) return 'mốt'
  if (tens > 1 && units === 4) return 'tư'
  return digit(units)
}
