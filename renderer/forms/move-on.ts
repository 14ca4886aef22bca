import type { KeyboardEvent } from 'react'

const stops = 'input:not([type=hidden]):not([type=file]):not(:disabled), select:not(:disabled), textarea:not(:disabled)'

/** Enter in a field goes on to the next one and never submits (R3). Shift+Enter in a long text is a new line. */
export function moveOnWithEnter(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget } = event
  if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
  if (event.nativeEvent.isComposing || !(target instanceof HTMLElement) || !target.matches(stops)) return
  if (event.shiftKey && target.matches('textarea')) return
  event.preventDefault()
  nextStop(currentTarget, target)?.focus()
}

function nextStop(root: HTMLElement, from: HTMLElement): HTMLElement | undefined {
  const fields = [...root.querySelectorAll<HTMLElement>(stops)].filter((field) => isStop(field, from))
  const after = fields.find((field) => from.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING)
  return after ?? document.querySelector<HTMLElement>('[data-after-last]') ?? undefined
}

/** A group of radios is one stop: its checked one, or the first. Side fields marked `data-enter-skips` are left to Tab. */
function isStop(field: HTMLElement, from: HTMLElement): boolean {
  if (field.closest('[data-enter-skips]') || field.tabIndex < 0) return false
  if (!(field instanceof HTMLInputElement) || field.type !== 'radio') return true
  if (from instanceof HTMLInputElement && from.type === 'radio' && from.name === field.name) return false
  const group = [...document.getElementsByName(field.name)] as HTMLInputElement[]
  return field === (group.find((radio) => radio.checked) ?? group[0])
}

/** Moves to a field by its name. False when it is not on the screen. */
export function focusField(root: ParentNode, name: string): boolean {
  const fields = [...root.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)]
  const field = fields.find((radio) => radio.checked) ?? fields[0]
  if (!field) return false
  field.focus()
  field.scrollIntoView?.({ block: 'nearest' })
  return true
}
