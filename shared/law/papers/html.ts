/** Markup that may be printed: made by the `html` tag only, so no text a person typed can pose as it. */
export class SafeHtml {
  readonly #markup: string

  private constructor(markup: string) {
    this.#markup = markup
  }

  /** For the `html` tag and nothing else. */
  static trusted(markup: string): SafeHtml {
    return new SafeHtml(markup)
  }

  toString(): string {
    return this.#markup
  }
}

export type HtmlValue = SafeHtml | readonly SafeHtml[] | string | number | undefined

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as markup. */
export function escapeHtml(text: string): string {
  return printableText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/**
 * Text as it may stand on a paper: composed, without control characters, and without the marks that reverse the
 * reading direction, by which a name could be made to read differently from what is stored.
 */
export function printableText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu, '')
}

/** Builds markup; every value is escaped unless it is markup itself, and `undefined` prints nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  const parts = strings.map((part, index) => part + markupOf(values[index]))
  return SafeHtml.trusted(parts.join(''))
}

function markupOf(value: HtmlValue): string {
  if (value === undefined) return ''
  if (value instanceof SafeHtml) return value.toString()
  if (typeof value === 'object') return value.map(markupOf).join('')
  return escapeHtml(String(value))
}
