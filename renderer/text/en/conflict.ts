import type { TextShape } from '../text-shape.ts'
import type { conflict as vi } from '../vi/conflict.ts'

export const conflict: TextShape<typeof vi> = {
  title: 'Two people changed the same dossier',
  lead: 'Choose for each field. What is not chosen stays in the history.',
  mine: 'As this desk has it',
  theirs: 'As the dossier has it',
  third: 'Something else',
  thirdText: '{{label}}: something else',
  choose: 'Choose one for {{label}}',
  unfit: 'This does not fit here. Look at how it is written.',
  unknownAuthor: 'Author not known',
  others: 'These were changed by nobody else and stay:',
  otherRole: 'The role signed in cannot change this. Ask the officer in charge to choose.',
  submit: 'Save the choice',
  later: 'Ask again later',
  withdraw: 'Drop my change',
  open: 'Look and choose',
}
