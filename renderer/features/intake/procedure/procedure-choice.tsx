import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { dateOf } from '../../../../shared/core/time.ts'
import type { Catalogue, Procedure } from '../../../../shared/law/procedure.ts'
import { deskNow } from '../../../store/desk-clock.ts'
import { t } from '../../../text/t.ts'
import { useIntake } from '../intake-context.ts'
import styles from './procedure-choice.module.css'
import { usesOfProcedures } from './recent-procedures.ts'
import { proceduresOn, searchProcedures } from './search-procedures.ts'

export const procedureField = 'control/procedure'

/** Choice by typing: the list follows the text, arrows move in it, Enter takes. */
export function ProcedureChoice({ catalogue }: { readonly catalogue: Catalogue }) {
  const { procedure, setProcedure } = useIntake()
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | undefined>(procedure ? undefined : '')
  const [active, setActive] = useState(0)
  const today = dateOf(deskNow())
  const all = useMemo(() => proceduresOn(catalogue, today, usesOfProcedures()), [catalogue, today])
  const found = useMemo(() => (typed === undefined ? [] : searchProcedures(all, typed)), [all, typed])
  const isOpen = typed !== undefined

  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView?.({ block: 'nearest' })
  }, [listId, active])

  useEffect(() => {
    if (input.current && procedure && document.activeElement !== input.current) input.current.value = nameOf(procedure)
  }, [procedure])

  function show(text: string | undefined): void {
    setTyped(text)
    setActive(0)
  }

  function pick(chosen: Procedure): void {
    if (input.current) input.current.value = nameOf(chosen)
    show(undefined)
    setProcedure(chosen.code)
  }

  function handleKeys(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    const page = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (page !== undefined) {
      event.preventDefault()
      if (isOpen) setActive((current) => Math.max(0, Math.min(current + page, found.length - 1)))
      else show('')
    }
    const chosen = found[active]
    if (event.key === 'Enter' && !event.ctrlKey && isOpen) {
      if (chosen) pick(chosen)
      else event.preventDefault()
    }
    if (event.key === 'Escape' && isOpen && procedure) {
      event.stopPropagation()
      event.currentTarget.value = nameOf(procedure)
      show(undefined)
    }
  }

  return (
    <div className={styles.choice}>
      <TextInput
        ref={input}
        name={procedureField}
        label={t('intake.procedure.label')}
        placeholder={t('intake.procedure.placeholder')}
        defaultValue={procedure ? nameOf(procedure) : ''}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen && found.length > 0}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && found[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => show(event.currentTarget.value)}
        onBlur={(event) => {
          if (!procedure) return
          event.currentTarget.value = nameOf(procedure)
          show(undefined)
        }}
        onKeyDown={handleKeys}
      />
      {isOpen && found.length > 0 && (
        <ul
          className={styles.list}
          data-floats={procedure ? '' : undefined}
          role="listbox"
          id={listId}
          aria-label={t('intake.procedure.label')}
        >
          {found.map((one, index) => (
            <ProcedureOption
              key={one.code}
              id={`${listId}-${index}`}
              procedure={one}
              isActive={index === active}
              onPick={() => pick(one)}
            />
          ))}
        </ul>
      )}
      {isOpen && found.length === 0 && <p role="status">{t('intake.procedure.nothing')}</p>}
    </div>
  )
}

interface OptionProps {
  readonly id: string
  readonly procedure: Procedure
  readonly isActive: boolean
  readonly onPick: () => void
}

function ProcedureOption({ id, procedure, isActive, onPick }: OptionProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      onMouseDown={(event) => {
        event.preventDefault()
        onPick()
      }}
    >
      <span className={styles.name}>{procedure.name}</span>
      <span className={styles.detail}>
        {procedure.code} · {procedure.processingText}
      </span>
    </li>
  )
}

function nameOf({ shortName, name }: Procedure): string {
  return shortName ?? name
}
