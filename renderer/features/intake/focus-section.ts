import type { Section } from './check-intake.ts'

const fields =
  'input:not([type=hidden]):not([type=file]):not(:disabled), select:not(:disabled), textarea:not(:disabled)'

/** Goes to the first empty field of a part, or to its first field. */
export function focusSection(root: ParentNode, section: Section): void {
  const part = root.querySelector<HTMLElement>(`[data-section="${section}"]`)
  if (!part) return
  const candidates = [...part.querySelectorAll<HTMLInputElement>(fields)].filter(
    (field) => !field.closest('[data-enter-skips]'),
  )
  const texts = candidates.filter((field) => field.type !== 'radio' && field.type !== 'checkbox')
  const target = texts.find((field) => field.value === '') ?? texts[0] ?? candidates[0] ?? part
  target.focus()
  part.scrollIntoView?.({ block: 'start' })
}
