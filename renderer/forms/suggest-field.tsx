import { TextInput } from '@mantine/core'
import { type ChangeEvent, type FocusEvent, type KeyboardEvent, useId, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import { foldText } from '../../shared/core/text-folding.ts'
import { t } from '../text/t.ts'
import type { FieldProps } from './field-props.ts'
import styles from './form.module.css'
import { useFormChecks } from './form-checks.ts'
import { useField } from './use-field.ts'
import { wrapperProps } from './wrapper-props.ts'

const longestList = 8

/** Offers that fit what was typed, compared without diacritics. Text that already is an offer needs none. */
export function matchingOffers(offers: readonly string[], typed: string): readonly string[] {
  const folded = foldText(typed)
  const fitting = offers.filter((offer) => foldText(offer).includes(folded))
  return fitting.length === 1 && fitting[0] === typed ? [] : fitting.slice(0, longestList)
}

/** Plain text with a list of offers under it; the list follows the text, never the other way round. */
export function SuggestField({ field, name }: FieldProps) {
  const listId = useId()
  const binding = useField(name, field.kind)
  const { setValue } = useFormContext()
  const { offersFor, onTyped } = useFormChecks()
  const [typed, setTyped] = useState<string | undefined>()
  const [active, setActive] = useState(-1)
  const all = field.options ?? offersFor(name, field.kind)
  const shown = typed === undefined ? [] : matchingOffers(all, typed)
  const { onChange, onBlur, ...registration } = binding.registration

  function close(): void {
    setTyped(undefined)
    setActive(-1)
  }

  function pick(offer: string): void {
    setValue(name, offer, { shouldDirty: true })
    onTyped(name)
    close()
  }

  function handleKeys(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (typed === undefined) setTyped(event.key === 'ArrowDown' ? '' : event.currentTarget.value)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((current) => Math.max(-1, Math.min(current + step, (shown.length || all.length) - 1)))
    }
    if (event.key === 'Escape' && shown.length > 0) {
      event.stopPropagation()
      close()
    }
    const offer = shown[active]
    if (event.key !== 'Enter' || event.ctrlKey) return
    if (offer !== undefined) pick(offer)
    // What nearly everyone answers is one key; an optional field is left empty by passing over it.
    else if (field.required && field.suggestion && event.currentTarget.value === '') pick(field.suggestion)
  }

  return (
    <div className={styles.suggest}>
      <TextInput
        label={field.label}
        required={field.required}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={shown.length > 0 ? listId : undefined}
        aria-activedescendant={shown[active] === undefined ? undefined : `${listId}-${active}`}
        {...wrapperProps(
          binding,
          field.hint ??
            (field.suggestion &&
              t(field.required ? 'intake.offerByEnter' : 'intake.offer', { text: field.suggestion })),
        )}
        {...registration}
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          setTyped(event.currentTarget.value)
          setActive(-1)
          return onChange(event)
        }}
        onBlur={(event: FocusEvent<HTMLInputElement>) => {
          close()
          const meant = field.options?.find((option) => foldText(option) === foldText(event.target.value))
          if (meant !== undefined && meant !== event.target.value) setValue(name, meant)
          return onBlur(event)
        }}
        onKeyDown={handleKeys}
      />
      {shown.length > 0 && (
        <ul className={styles.offers} role="listbox" id={listId} aria-label={field.label}>
          {shown.map((offer, index) => (
            <li
              key={offer}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className={styles.offer}
              onMouseDown={(event) => {
                event.preventDefault()
                pick(offer)
              }}
            >
              {offer}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
