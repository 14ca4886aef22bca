import type { EventText } from './event-text.ts'

/**
 * A message whose texts stand beside it instead of inside it, for exchanges (by media type) and frames of the journal:
 * ```
 * head: the message as JSON, for each `text` of the lists named the number of its bytes ‖ newline
 *     ‖ text ‖ text ‖ … in UTF-8, list after list as they are named
 * ```
 * 1. The texts are JSON themselves: as strings of a message every quote of theirs would be escaped here and read again
 *    there, which costs more than judging them.
 * 2. It says exactly what the message as JSON says; both are understood both ways, and signatures cover neither spelling.
 * 3. The lengths account for every byte behind the head, and no text begins inside a character.
 */
export const besideMediaType = 'application/vnd.mot-cua.beside'

/** The lists of requests and replies whose texts go beside them. */
export const exchangeLists = ['events'] as const

type Carrying<List extends string> = {
  readonly [Name in List]?: readonly { readonly text?: EventText | undefined }[] | undefined
}

/** The head of a message; `put` takes the texts in their order and answers how many bytes each is. */
export function takeApart<List extends string>(
  message: Carrying<List>,
  lists: readonly List[],
  put: (text: EventText) => number,
): object {
  const head: Record<string, unknown> = { ...message }
  for (const list of lists) {
    const items = message[list]
    if (items) head[list] = items.map((item) => (item.text === undefined ? item : { ...item, text: put(item.text) }))
  }
  return head
}

/** The message again, made of `head`, or undefined where lengths and bytes do not agree; what else it says is not looked at. */
export function putTogether(
  head: unknown,
  lists: readonly string[],
  bytes: number,
  textAt: (from: number, to: number) => EventText | undefined,
): object | undefined {
  if (typeof head !== 'object' || head === null) return undefined
  let at = 0
  const next = (length: unknown) => {
    const from = at
    at += typeof length === 'number' && length >= 0 ? length : Number.NaN
    return at <= bytes ? textAt(from, at) : undefined
  }
  const message = head as Record<string, unknown>
  for (const list of lists) {
    const items = message[list]
    if (items !== undefined && !(Array.isArray(items) && takeTexts(items, next))) return undefined
  }
  return at === bytes ? message : undefined
}

/** Puts the next text where its length stood; false where there is none. */
function takeTexts(
  items: readonly ({ text?: unknown } | null)[],
  next: (length: unknown) => EventText | undefined,
): boolean {
  for (const item of items) {
    if (item?.text === undefined) continue
    item.text = next(item.text)
    if (item.text === undefined) return false
  }
  return true
}
