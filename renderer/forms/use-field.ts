import { useState } from 'react'
import { type ChangeHandler, type UseFormRegisterReturn, useFormContext, useFormState } from 'react-hook-form'
import type { FieldKind } from '../../shared/law/declaration-form.ts'
import type { FormValues } from './field-name.ts'
import { useFormChecks } from './form-checks.ts'
import { tidiedAnswer } from './typed-answer.ts'

export interface FieldBinding {
  readonly registration: UseFormRegisterReturn
  readonly problem: string | undefined
  readonly remark: string | undefined
  readonly scanned: boolean
}

/**
 * Binds an uncontrolled input. The value lives in the input alone: Vietnamese keyboards rewrite what they typed, and any
 * round trip while typing loses letters. So text is tidied and checked when the field is left, and while an error is
 * being corrected only the message changes.
 */
export function useField(name: string, kind: FieldKind): FieldBinding {
  const { register, control, setValue, setError, clearErrors, getFieldState } = useFormContext<FormValues>()
  const { errors } = useFormState({ control, name, exact: true })
  const { problemOf, remarkOn, scanned, onTyped, onLeft } = useFormChecks()
  const [remark, setRemark] = useState<string | undefined>(() => remarkOn(name))
  const { onChange, onBlur, ...rest } = register(name)

  function check(): void {
    const message = problemOf(name)
    if (message) setError(name, { type: 'check', message })
    else clearErrors(name)
    setRemark(remarkOn(name))
  }

  return {
    registration: {
      ...rest,
      name,
      onChange: async (event: Parameters<ChangeHandler>[0]) => {
        const changed = onChange(event)
        onTyped(name)
        await changed
        if (getFieldState(name).error) check()
      },
      onBlur: async (event: Parameters<ChangeHandler>[0]) => {
        const typed: string = event.target.value
        const tidied = tidiedAnswer(kind, typed)
        if (tidied !== typed) setValue(name, tidied)
        await onBlur(event)
        check()
        onLeft(name, kind, tidied)
      },
    },
    problem: errors[name]?.message,
    remark,
    scanned: scanned.has(name),
  }
}
