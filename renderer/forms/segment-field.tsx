import { useFormContext, useWatch } from 'react-hook-form'
import type { Choice } from './choice-field.tsx'
import type { FormValues } from './field-name.ts'
import styles from './form.module.css'

interface SegmentFieldProps {
  readonly name: string
  readonly label: string
  readonly choices: readonly Choice[]
  /** Chosen while nothing is. */
  readonly fallback: string
}

/** A few choices side by side: native radios, so arrows work as everywhere. Left to Tab and arrows; Enter passes over it. */
export function SegmentField({ name, label, choices, fallback }: SegmentFieldProps) {
  const { setValue } = useFormContext<FormValues>()
  const held = useWatch<FormValues>({ name })
  const chosen = held || fallback
  return (
    <div className={styles.segments} role="radiogroup" aria-label={label} data-enter-skips="">
      {choices.map(({ value, label: text }) => (
        <label key={value} className={styles.segment}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => setValue(name, value)}
          />
          <span>{text}</span>
        </label>
      ))}
    </div>
  )
}
