import { TextInput } from '@mantine/core'
import { useId } from 'react'
import { useFormContext, useFormState } from 'react-hook-form'
import type { ConflictField } from '../../../shared/domain/conflict.ts'
import type { FieldDefinition } from '../../forms/field-props.ts'
import { t } from '../../text/t.ts'
import { fieldText } from '../correction/field-text.ts'
import { type Differing, differing } from './differing.ts'

/** What the form of the dialog holds: for each field which text, and the third one when it is typed. */
export type ConflictAnswers = Record<string, string>

export interface ChoiceOfFieldProps {
  /** Focus begins here. */
  readonly isFirst: boolean
  readonly conflict: ConflictField
  readonly definition: FieldDefinition | undefined
  readonly label: string
  /** Who, where, when, of both sides. */
  readonly mineBy: string
  readonly theirsBy: string
}

/** Named by the field, not by its place: what comes in meanwhile must not move a choice to another field. */
export const choiceName = (field: string) => `choice/${field.replaceAll('.', '/')}`
export const thirdName = (field: string) => `third/${field.replaceAll('.', '/')}`

/** One field with both texts side by side and a third choice; nothing is chosen beforehand (R18). */
export function ChoiceOfField({ isFirst, conflict, definition, label, mineBy, theirsBy }: ChoiceOfFieldProps) {
  const { register, setValue } = useFormContext<ConflictAnswers>()
  const { errors } = useFormState({ name: [choiceName(conflict.field), thirdName(conflict.field)] })
  const mine = fieldText(definition, conflict.mine)
  const theirs = fieldText(definition, conflict.theirs)
  const problem = errors[choiceName(conflict.field)]?.message
  const problemId = useId()
  const radio = register(choiceName(conflict.field), {
    validate: (value) => Boolean(value) || t('conflict.choose', { label }),
  })
  // Typing means it; tabbing through does not.
  const third = register(thirdName(conflict.field), { onChange: () => setValue(choiceName(conflict.field), 'third') })
  return (
    <fieldset className="conflict-field" aria-describedby={problem ? problemId : undefined}>
      <legend>{label}</legend>
      <div className="conflict-columns">
        <Side
          value="mine"
          autoFocus={isFirst}
          radio={radio}
          by={mineBy}
          title={t('conflict.mine')}
          text={differing(mine, theirs)}
        />
        <Side value="theirs" radio={radio} by={theirsBy} title={t('conflict.theirs')} text={differing(theirs, mine)} />
      </div>
      <div className="conflict-third">
        <label>
          <input type="radio" value="third" {...radio} />
          <span>{t('conflict.third')}</span>
        </label>
        <TextInput
          {...third}
          aria-label={t('conflict.thirdText', { label })}
          error={errors[thirdName(conflict.field)]?.message?.toString()}
        />
      </div>
      {problem ? (
        <p id={problemId} role="alert" className="small timeline-bad">
          {problem.toString()}
        </p>
      ) : null}
    </fieldset>
  )
}

interface SideProps {
  readonly value: 'mine' | 'theirs'
  readonly autoFocus?: boolean
  readonly radio: ReturnType<ReturnType<typeof useFormContext<ConflictAnswers>>['register']>
  readonly title: string
  readonly by: string
  readonly text: Differing
}

function Side({ value, radio, title, by, text, autoFocus = false }: SideProps) {
  return (
    <label className="conflict-side">
      <input type="radio" value={value} {...radio} {...(autoFocus ? { 'data-autofocus': true } : {})} />
      <span>
        <b>{title}</b>
        <small className="muted">{by}</small>
        <span className="conflict-text">
          {text.before}
          {text.middle === '' ? null : <mark>{text.middle}</mark>}
          {text.after}
        </span>
      </span>
    </label>
  )
}
