import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type UseFormReturn, useForm } from 'react-hook-form'
import { dateOf } from '../../../shared/core/time.ts'
import { findProcedure, type Procedure } from '../../../shared/law/procedure.ts'
import { replaceRoute } from '../../app/route.ts'
import type { FormValues } from '../../forms/field-name.ts'
import { deskNow } from '../../store/desk-clock.ts'
import { useReference } from '../../store/use-reference.ts'
import type { Saver } from './draft/saver.ts'
import { type Autosave, useAutosave } from './draft/use-autosave.ts'
import { type Undo, useUndo } from './draft/use-undo.ts'
import type { IntakeSession } from './draft-content.ts'
import type { Intake } from './intake-context.ts'
import { noteProcedureUsed } from './procedure/recent-procedures.ts'

export interface IntakeForm {
  readonly form: UseFormReturn<FormValues>
  readonly intake: Intake
  readonly undo: Undo
  readonly saver: Autosave
}

/** Everything one intake holds. Typed text lives in the inputs; only procedure, scans and added documents are state. */
export function useIntakeForm(session: IntakeSession): IntakeForm {
  const { catalogue } = useReference()
  const form = useForm<FormValues>({ defaultValues: session.values })
  const root = useRef<HTMLFormElement>(null)
  const [parts, setParts] = useState(() => partsOf(session))
  const latest = useRef(parts)
  const uploads = useRef({ queue: Promise.resolve(), failures: 0 })

  const lastField = useRef(session.focusedField)

  const snapshot = useCallback((): IntakeSession => {
    const focused = document.activeElement
    const focusedField = focused && root.current?.contains(focused) ? focused.getAttribute('name') : undefined
    return {
      ...session,
      ...latest.current,
      values: { ...form.getValues() },
      focusedField: focusedField ?? lastField.current,
      scrollTop: root.current?.scrollTop ?? 0,
    }
  }, [session, form])

  function change(next: Partial<typeof parts>): void {
    latest.current = { ...latest.current, ...next }
    setParts(latest.current)
    saver.touch()
  }

  const saver = useAutosave(snapshot, () => replaceRoute({ page: 'intake', draftId: session.draftId }))
  const undo = useUndo(snapshot, (before) => {
    const names = new Set([...Object.keys(form.getValues()), ...Object.keys(before.values)])
    for (const name of names) form.setValue(name, before.values[name] ?? '')
    form.clearErrors()
    change(partsOf(before))
  })

  useTouchOnChange(form, saver, lastField, root)
  const procedure = useProcedure(parts.procedureCode, catalogue)

  const intake: Intake = {
    snapshot,
    procedure,
    setProcedure: (code) => {
      if (code === latest.current.procedureCode) return
      if (latest.current.procedureCode) undo.remember()
      noteProcedureUsed(code)
      latest.current = { ...latest.current, procedureCode: code }
      setParts(latest.current)
    },
    scans: parts.scans,
    setScans: (key, update) =>
      change({ scans: { ...latest.current.scans, [key]: update(latest.current.scans[key] ?? []) } }),
    extraDocuments: parts.extraDocuments,
    setExtraDocuments: (extraDocuments) => change({ extraDocuments }),
    rememberForUndo: undo.remember,
    now: deskNow,
    uploads: uploads.current,
    root,
  }
  return { form, intake, undo, saver }
}

function partsOf({ procedureCode, scans, extraDocuments }: IntakeSession) {
  return { procedureCode, scans, extraDocuments }
}

function useProcedure(
  code: string | undefined,
  catalogue: Parameters<typeof findProcedure>[0] | undefined,
): Procedure | undefined {
  const today = dateOf(deskNow())
  return useMemo(
    () => (catalogue && code ? findProcedure(catalogue, code, today) : undefined),
    [catalogue, code, today],
  )
}

/** The draft follows the form by subscription, so that no key renders anything. */
function useTouchOnChange(
  form: UseFormReturn<FormValues>,
  saver: Saver,
  lastField: { current: string | undefined },
  root: { readonly current: HTMLFormElement | null },
): void {
  const { touch, flush } = saver
  useEffect(() => {
    let known = JSON.stringify(form.getValues())
    const stop = form.subscribe({
      formState: { values: true },
      callback: ({ values }) => {
        const current = JSON.stringify(values)
        if (current !== known) touch()
        known = current
      },
    })
    const element = root.current
    const handleFocus = (event: FocusEvent) => {
      const name = (event.target as Element).getAttribute('name')
      if (name) lastField.current = name
    }
    const handleBlur = () => queueMicrotask(() => void flush())
    element?.addEventListener('focusin', handleFocus)
    element?.addEventListener('focusout', handleBlur)
    return () => {
      stop()
      element?.removeEventListener('focusin', handleFocus)
      element?.removeEventListener('focusout', handleBlur)
    }
  }, [form, touch, flush, lastField, root])
}
