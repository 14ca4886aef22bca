import type { TextShape } from '../text-shape.ts'
import type { palette as vi } from '../vi/palette.ts'

export const palette: TextShape<typeof vi> = {
  title: 'Quick search',
  placeholder: 'Find dossiers, people, procedures, commands…',
  field: 'Find dossiers, people, procedures, commands',
  dossiers: 'Dossiers',
  procedures: 'Receive a new dossier',
  commands: 'Go to',
  time: {
    sameDay: 'the same day',
    workingDays: '{{days}} working days',
    days: '{{days}} days',
    hours: '{{hours}} working hours',
    entered: 'date set by the officer',
  },
  fee: {
    free: 'free',
    perItem: '{{amount}}/{{item}}',
    perPage: '{{amount}}/page',
    entered: 'fee set by the province',
  },
  nothing: 'Nothing found. Try without accents, or the last digits of the number.',
}
