import { useCallback, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { parseCitizenCard } from '../../../../shared/domain/citizen-card.ts'
import type { FormValues } from '../../../forms/field-name.ts'
import { useWedgeScanner } from '../../../forms/use-wedge-scanner.ts'
import { t } from '../../../text/t.ts'
import { announceStatus } from '../../../ui/status-announcer.ts'
import type { Intake } from '../intake-context.ts'
import { type Fill, factsOfCard, fillsFor, scanTarget } from './card-fill.ts'

export interface Conflict extends Fill {
  readonly typed: string
}

export interface CardScanState {
  /** Filled and not yet confirmed. */
  readonly scanned: ReadonlySet<string>
  readonly isLetterless: boolean
  readonly conflicts: readonly Conflict[]
  readonly unmark: (name: string) => void
  readonly confirm: () => void
  readonly undo: () => void
  readonly resolve: (choice: 'typed' | 'card') => void
}

interface LastScan {
  readonly before: FormValues
  readonly isLetterless: boolean
}

const nothing: ReadonlySet<string> = new Set()

/** A card fills what is empty, asks about what differs, and can be taken back whole. */
export function useCardScan(form: UseFormReturn<FormValues>, intake: Intake): CardScanState {
  const [scanned, setScanned] = useState(nothing)
  const [last, setLast] = useState<LastScan | undefined>()
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([])

  const unmark = useCallback((name: string) => {
    setScanned((known) => (known.has(name) ? without(known, name) : known))
  }, [])

  function forget(): void {
    setScanned(nothing)
    setLast(undefined)
  }

  function put(fills: readonly Fill[]): void {
    for (const { name, value } of fills) {
      form.setValue(name, value)
      form.clearErrors(name)
    }
    setScanned((known) => new Set([...known, ...fills.map(({ name }) => name)]))
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
      setLast({ before: { ...values }, isLetterless: !card.lettersReadable })
      put(empty)
      setConflicts(differing)
    },
  })

  return {
    scanned,
    isLetterless: last?.isLetterless ?? false,
    conflicts,
    unmark,
    confirm: forget,
    undo: () => {
      if (last) restoreValues(form, last.before, scanned)
      forget()
      announceStatus(t('intake.scan.undone'))
    },
    resolve: (choice) => {
      if (choice === 'card') put(conflicts)
      setConflicts([])
    },
  }
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
