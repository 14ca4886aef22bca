import type { FieldKind } from '../../../../shared/law/declaration-form.ts'
import { deskStatusCell } from '../../../store/use-desk-status.ts'

/** Kinds whose values repeat between citizens: places, ethnicity. Names, numbers and dates are never offered again. */
const repeating: ReadonlySet<FieldKind> = new Set(['text', 'address'])
const longest = 200

/** What this officer typed since signing in. In memory only: it may be personal. */
const values = new Map<string, readonly string[]>()
let owner: string | undefined

export function noteValue(name: string, kind: FieldKind, value: string): void {
  if (!repeating.has(kind) || value === '') return
  const others = recentValues(name).filter((known) => known !== value)
  values.set(name, [value, ...others].slice(0, longest))
}

export function recentValues(name: string): readonly string[] {
  const officer = deskStatusCell.get()?.staff?.id
  if (officer !== owner) values.clear()
  owner = officer
  return values.get(name) ?? []
}
