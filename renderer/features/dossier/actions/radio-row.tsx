import type { UseFormRegisterReturn } from 'react-hook-form'

export interface RadioOption {
  readonly value: string
  readonly label: string
  readonly detail?: string
}

export interface RadioRowProps {
  readonly legend: string
  readonly field: UseFormRegisterReturn
  readonly options: readonly RadioOption[]
  readonly autoFocus?: boolean
}

/** Native radios: arrow keys choose, and nothing stands between the key and the form. */
export function RadioRow({ legend, field, options, autoFocus = false }: RadioRowProps) {
  return (
    <fieldset className="radio-row">
      <legend>{legend}</legend>
      {options.map(({ value, label, detail }, index) => (
        <label key={value}>
          <input
            type="radio"
            value={value}
            {...field}
            {...(autoFocus && index === 0 ? { 'data-autofocus': true } : {})}
          />
          <span>
            {label}
            {detail ? <small>{detail}</small> : null}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
