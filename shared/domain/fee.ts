import { err, ok, type Result } from '../core/result.ts'
import type { Declaration } from '../law/declaration-form.ts'
import type { FeePart, FeeRule } from '../law/procedure.ts'

/** One line of the reckoning, for the screen and the receipt; never text. Amounts in whole đồng. */
export type FeeLine =
  | { readonly kind: 'case'; readonly amountVnd: number }
  | {
      readonly kind: 'items'
      readonly item: string
      readonly quantity: number
      readonly unitVnd: number
      readonly amountVnd: number
    }
  | {
      readonly kind: 'pages'
      readonly pages: number
      readonly copies: number
      readonly perCopyVnd: number
      /** The ceiling for one copy was reached. */
      readonly capped: boolean
      readonly amountVnd: number
    }
  | { readonly kind: 'entered'; readonly amountVnd: number }

export interface Fee {
  readonly amountVnd: number
  /** Empty when nothing is due by law. Kept when exempt: this is what was waived. */
  readonly lines: readonly FeeLine[]
  /** Why nothing is due although the lines say so: "Hộ nghèo". */
  readonly exemption?: string
  /** True when the officer entered an amount because no verified rule exists. */
  readonly entered: boolean
}

export type FeeError =
  /** The field that holds the number of pages, copies or documents is empty. */
  | { readonly code: 'fee/quantity-missing'; readonly key: string }
  | { readonly code: 'fee/quantity-unreadable'; readonly key: string; readonly text: string }
  /** No verified rule: the officer enters the amount. */
  | { readonly code: 'fee/amount-needed' }
  | { readonly code: 'fee/amount-unreadable' }

/** The most pages or copies one dossier can ask for; more is a slip of the finger. */
const maxQuantity = 9999

/** Keeps the amount inside `vndSchema`. */
const maxAmountVnd = 10_000_000_000

/**
 * What a dossier costs.
 * @param exemption the reason the officer chose; then nothing is due and nothing needs to be entered
 * @param enteredVnd the amount the officer typed where the rule is `entered`
 */
export function feeFor(
  rule: FeeRule,
  declaration: Declaration,
  exemption?: string,
  enteredVnd?: number,
): Result<Fee, FeeError> {
  const lines: FeeLine[] = []
  for (const part of partsThatApply(rule, declaration)) {
    const line = lineOf(part, declaration, enteredVnd)
    if (!line.ok) {
      if (exemption) continue
      return line
    }
    if (line.value) lines.push(line.value)
  }
  if (exemption) return ok({ amountVnd: 0, lines, exemption, entered: false })
  const amountVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0)
  if (amountVnd > maxAmountVnd) return err({ code: 'fee/amount-unreadable' })
  return ok({ amountVnd, lines, entered: lines.some((line) => line.kind === 'entered') })
}

/** True when the officer must type an amount for this declaration. */
export function needsEnteredFee(rule: FeeRule, declaration: Declaration): boolean {
  return partsThatApply(rule, declaration).some((part) => part.rule === 'entered')
}

/** The price of one certified copy (TT 226/2016/TT-BTC Điều 4): the first pages, the rest, at most the ceiling. */
export function certifiedCopyVnd(rule: Extract<FeePart, { rule: 'per-page' }>, pages: number): number {
  const first = rule.firstPageVnd * Math.min(pages, rule.firstPages)
  const rest = rule.nextPageVnd * Math.max(0, pages - rule.firstPages)
  return Math.min(rule.maxPerCopyVnd, first + rest)
}

function partsThatApply(rule: FeeRule, declaration: Declaration): readonly FeePart[] {
  const parts = rule.rule === 'sum' ? rule.parts : [rule]
  return parts.filter(({ when }) => !when || when.oneOf.includes(declaration[when.key] ?? ''))
}

function lineOf(
  part: FeePart,
  declaration: Declaration,
  enteredVnd: number | undefined,
): Result<FeeLine | undefined, FeeError> {
  switch (part.rule) {
    case 'free':
      return ok(undefined)
    case 'per-case':
      return ok({ kind: 'case', amountVnd: part.amountVnd })
    case 'per-item': {
      const quantity = readQuantity(declaration, part.quantityField, part.optional ?? false)
      if (!quantity.ok) return quantity
      if (quantity.value === 0) return ok(undefined)
      const amountVnd = quantity.value * part.amountVnd
      return ok({ kind: 'items', item: part.item, quantity: quantity.value, unitVnd: part.amountVnd, amountVnd })
    }
    case 'per-page': {
      const pages = readQuantity(declaration, part.pagesField, false)
      if (!pages.ok) return pages
      const copies = readQuantity(declaration, part.copiesField, false)
      if (!copies.ok) return copies
      const perCopyVnd = certifiedCopyVnd(part, pages.value)
      return ok({
        kind: 'pages',
        pages: pages.value,
        copies: copies.value,
        perCopyVnd,
        capped: perCopyVnd === part.maxPerCopyVnd,
        amountVnd: copies.value * perCopyVnd,
      })
    }
    case 'entered':
      if (enteredVnd === undefined) return err({ code: 'fee/amount-needed' })
      if (!Number.isInteger(enteredVnd) || enteredVnd < 0) return err({ code: 'fee/amount-unreadable' })
      return ok({ kind: 'entered', amountVnd: enteredVnd })
  }
}

function readQuantity(declaration: Declaration, key: string, optional: boolean): Result<number, FeeError> {
  const text = declaration[key]?.trim() ?? ''
  if (text === '') return optional ? ok(0) : err({ code: 'fee/quantity-missing', key })
  const quantity = /^\d{1,6}$/.test(text) ? Number(text) : undefined
  if (quantity === undefined || quantity > maxQuantity || (quantity === 0 && !optional)) {
    return err({ code: 'fee/quantity-unreadable', key, text })
  }
  return ok(quantity)
}
