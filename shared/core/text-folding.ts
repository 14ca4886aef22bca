/** Folds Vietnamese text for search: no diacritics, đ as d, lower case, single spaces. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

/** The first letters of each word, folded: "Đăng ký khai sinh" gives "dkks". */
export function initialsOf(text: string): string {
  return foldText(text)
    .split(/[^a-z0-9]+/)
    .map((word) => word.slice(0, 1))
    .join('')
}

/** The first letters of each word to be read: "Đăng ký khai sinh" gives "ĐKKS". */
export function abbreviationOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\d]+/u)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('')
}

/** Composed form with single spaces: how typed text is stored. Applied when a field is left, never while typing. */
export function tidyText(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
