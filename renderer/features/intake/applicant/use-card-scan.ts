import { useMemo, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { parseCitizenCard } from '../../../../shared/domain/citizen-card.ts'
import type { FormValues } from '../../../forms/field-name.ts'
import { useWedgeScanner } from '../../../forms/use-wedge-scanner.ts'
import { t } from '../../../text/t.ts'
import { announceStatus } from '../../../ui/status-announcer.ts'
import type { Intake } from '../intake-context.ts'
import { factsOfCard, type Fill, fillsFor, scanTarget } from './card-fill.ts'

export interface Conflict extends Fill {
  readonly typed: string
}

export interface CardScanState {
  /** Filled and not yet confirmed. */
  readonly scanned: ReadonlySet<string>
  readonly count: number
  readonly isLetterless: boolean
  readonly hasExtras: boolean
  readonly conflicts: readonly Conflict[]
  readonly unmark: (name: string) => void
  readonly confirm: () => void
  readonly undo: () => void
  readonly resolve: (choice: 'typed' | 'card') => void
}

interface LastScan {
  readonly before: FormValues
  readonly count: number
  readonly isLetterless: boolean
  readonly hasExtras: boolean
}

const nothing: ReadonlySet<string> = new Set()

/** A card fills what is empty, asks about what differs, and can be taken back whole. */
export function useCardScan(form: UseFormReturn<FormValues>, intake: Intake): CardScanState {
  const [scanned, setScanned] = useState(nothing)
  const [last, setLast] = useState<LastScan | undefined>()
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([])

  function put(fills: readonly Fill[]): void {
    for (const { name, value } of fills) {
      form.setValue(name, value)
      form.clearErrors(name)
    }
    setScanned((known) => new Set([...known, ...fills.map(({ name }) => name)]))
    setLast((known) => known && { ...known, count: known.count + fills.length })
  }

  useWedgeScanner<FormValues>({
    keep: () => ({ ...form.getValues() }),
    restore: (kept) => restoreValues(form, kept),
    onScan: (text, focused) => {
      const card = parseCitizenCard(text)
      if (!card) return
      const values = form.getValues()
      const target = scanTarget(focused?.getAttribute('name') ?? undefined, values, intake.procedure)
      const fills = fillsFor(factsOfCard(card), target)
      const empty = fills.filter(({ name }) => (values[name] ?? '').trim() === '')
      const differing = fills
        .filter(({ name, value }) => !empty.some((fill) => fill.name === name) && values[name]?.trim() !== value)
        .map((fill) => ({ ...fill, typed: values[fill.name] ?? '' }))
      intake.rememberForUndo()
      setLast({ before: { ...values }, count: 0, isLetterless: !card.lettersReadable, hasExtras: card.extras.length > 0 })
      put(empty)
      setConflicts(differing)
    },
  })

  return useMemo(
    () => ({
      scanned,
      count: last?.count ?? 0,
      isLetterless: last?.isLetterless ?? false,
      hasExtras: last?.hasExtras ?? false,
      conflicts,
      unmark: (name: string) => setScanned((known) => (known.has(name) ? without(known, name) : known)),
      confirm: () => {
        setScanned(nothing)
        setLast(undefined)
      },
      undo: () => {
        if (last) restoreValues(form, last.before, scanned)
        setScanned(nothing)
        setLast(undefined)
        announceStatus(t('intake.scan.undone'))
      },
      resolve: (choice: 'typed' | 'card') => {
        if (choice === 'card') put(conflicts)
        setConflicts([])
      },
    }),
    [form, scanned, last, conflicts],
  )
}

function restoreValues(form: UseFormReturn<FormValues>, kept: FormValues, only?: ReadonlySet<string>): void {
  const current = form.getValues()
  for (const [name, value] of Object.entries(current)) {
    if (only && !only.has(name)) continue
    if (value !== (kept[name] ?? '')) form.setValue(name, kept[name] ?? '')
  }
}

function without(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return new Set([...names].filter((known) => known !== name))
}
