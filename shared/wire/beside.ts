/**
 * A page of events with the texts beside the message instead of inside it, by media type:
 * ```
 * head: the message as JSON, for each `text` the number of its bytes ‖ newline ‖ text ‖ text ‖ … in UTF-8
 * ```
 * 1. The texts are JSON themselves: as strings of a message every quote of theirs would be escaped here and read again
 *    there, which costs more than judging them.
 * 2. It says exactly what the message as JSON says; both are understood both ways, and signatures cover neither spelling.
 * 3. The lengths account for every byte behind the head, and no text begins inside a character.
 */
export const besideMediaType = 'application/vnd.mot-cua.beside'

interface Carrying<Text> {
  readonly events: readonly { readonly text?: Text | undefined }[]
}

/** The head of a message; bytes are counted by the platform. */
export function besideHeadOf(message: Carrying<string>, bytesOf: (text: string) => number): Carrying<number> {
  return {
    ...message,
    events: message.events.map((event) => (event.text === undefined ? event : { ...event, text: bytesOf(event.text) })),
  } as Carrying<number>
}

/** The message again, or undefined where lengths and bytes do not agree; what is in the head is not looked at. */
export function besideMessageOf(
  head: unknown,
  bytes: number,
  textAt: (from: number, to: number) => string | undefined,
): unknown {
  const { events } = (head ?? {}) as { readonly events?: unknown }
  if (!Array.isArray(events)) return undefined
  let at = 0
  const whole: unknown[] = []
  for (const event of events as readonly ({ readonly text?: unknown } | null)[]) {
    const length = event?.text
    if (length === undefined) {
      whole.push(event)
      continue
    }
    const to = at + (typeof length === 'number' && length >= 0 ? length : Number.NaN)
    const text = to <= bytes ? textAt(at, to) : undefined
    if (text === undefined) return undefined
    whole.push({ ...event, text })
    at = to
  }
  return at === bytes ? { ...(head as object), events: whole } : undefined
}
