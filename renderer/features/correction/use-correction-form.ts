import { useMemo, useState } from 'react'
import { type UseFormReturn, useForm } from 'react-hook-form'
import { findFieldText } from '../../../shared/domain/correction.ts'
import type { Dossier } from '../../../shared/domain/dossier.ts'
import type { FieldChange } from '../../../shared/domain/field-change.ts'
import { shownAnswers } from '../../../shared/law/declaration-form.ts'
import { checkDeclaration } from '../../../shared/law/declaration-schema.ts'
import type { Procedure } from '../../../shared/law/procedure.ts'
import { type FormValues, fieldName } from '../../forms/field-name.ts'
import type { FormChecks } from '../../forms/form-checks.ts'
import { storedAnswer, typedAnswer } from '../../forms/typed-answer.ts'
import { t } from '../../text/t.ts'
import { describeProblem } from '../intake/describe-problem.ts'
import { type CorrectionGroup, formGroupOf } from './correction-fields.ts'
import { fieldText } from './field-text.ts'

export interface CorrectionForm {
  readonly form: UseFormReturn<FormValues>
  readonly checks: FormChecks
  /** What differs from what the officer saw when the form was opened. */
  readonly changes: () => readonly FieldChange[]
  /** The names of fields that cannot stand as they are. */
  readonly problems: () => readonly { readonly name: string; readonly text: string }[]
  /** Goes on from the dossier as it is now, saying at each field the officer typed in what somebody else wrote there. */
  readonly catchUp: (latest: Dossier) => void
}

/** The dossier as it was when the form was opened: what comes in meanwhile must not slip under the officer's hands. */
export function useCorrectionForm(
  dossier: Dossier,
  procedure: Procedure | undefined,
  groups: readonly CorrectionGroup[],
): CorrectionForm {
  const [seen, setSeen] = useState(dossier)
  const fields = useMemo(
    () =>
      groups.flatMap(({ prefix, fields: own }) =>
        own.map((field) => ({
          field,
          place: `${prefix}.${field.key}`,
          name: fieldName(formGroupOf(prefix), field.key),
        })),
      ),
    [groups],
  )
  const [typed] = useState<FormValues>(() =>
    Object.fromEntries(
      fields.map(({ field, place, name }) => [name, typedAnswer(field.kind, findFieldText(seen, place) ?? '')]),
    ),
  )
  const form = useForm<FormValues>({ defaultValues: typed })

  /** What was not touched keeps its exact text, even where today's form would spell it otherwise. */
  function storedNow(): ReadonlyMap<string, string> {
    const values = form.getValues()
    return new Map(
      fields.map(({ field, place, name }) => {
        const now = values[name] ?? ''
        const before = findFieldText(seen, place) ?? ''
        return [place, now === typed[name] ? before : storedAnswer(field.kind, now)]
      }),
    )
  }

  function declarationOf(stored: ReadonlyMap<string, string>) {
    const answers = [...stored].flatMap(([place, text]) =>
      place.startsWith('declaration.') && text !== '' ? [[place.slice('declaration.'.length), text]] : [],
    )
    return Object.fromEntries(answers) as Readonly<Record<string, string>>
  }

  function changes(): readonly FieldChange[] {
    const stored = storedNow()
    // An answer whose question is no longer asked goes with it.
    const shown = procedure ? shownAnswers(procedure.form, declarationOf(stored)) : {}
    return [...stored].flatMap(([field, text]) => {
      const from = findFieldText(seen, field)
      const to = procedure && field.startsWith('declaration.') ? (shown[field.slice(12)] ?? '') : text
      return from === undefined || from === to ? [] : [{ field, from, to }]
    })
  }

  function problems() {
    const stored = storedNow()
    const changed = new Set(changes().map(({ field }) => field))
    const empty = fields
      .filter(({ field, place }) => field.required && !place.startsWith('declaration.') && stored.get(place) === '')
      .filter(({ place }) => changed.has(place))
      .map(({ name }) => ({ name, text: t('intake.problems.field/required') }))
    const declared = procedure ? checkDeclaration(procedure.form, declarationOf(stored)) : []
    // What was wrong before is not asked for now, unless the officer touched it.
    const before = new Set(
      (procedure ? checkDeclaration(procedure.form, declarationOf(initial())) : []).map(({ key }) => key),
    )
    return [
      ...empty,
      ...declared
        .filter(({ key }) => !before.has(key) || changed.has(`declaration.${key}`))
        .map((detail) => ({
          name: fieldName('declaration', detail.key),
          text: describeProblem({ section: 'declaration', field: detail.key, detail }),
        })),
    ]
  }

  function catchUp(latest: Dossier): void {
    const changed = new Set(changes().map(({ field }) => field))
    for (const { field, place, name } of fields) {
      const text = findFieldText(latest, place)
      if (text === undefined || text === findFieldText(seen, place) || !changed.has(place)) continue
      form.setError(name, { type: 'check', message: t('correction.nowStands', { text: fieldText(field, text) }) })
    }
    setSeen(latest)
  }

  function initial(): ReadonlyMap<string, string> {
    return new Map(fields.map(({ place }) => [place, findFieldText(seen, place) ?? '']))
  }

  const checks: FormChecks = {
    problemOf: (name) => problems().find((problem) => problem.name === name)?.text,
    remarkOn: () => undefined,
    offersFor: () => [],
    scanned: new Set(),
    onTyped: () => undefined,
    onLeft: () => undefined,
  }
  return { form, checks, changes, problems, catchUp }
}
