import type { TextShape } from '../text-shape.ts'
import type { palette as vi } from '../vi/palette.ts'

export const palette: TextShape<typeof vi> = {
  title: 'Quick search',
  placeholder: 'Find dossiers, people, procedures, commands…',
  field: 'Find dossiers, people, procedures, commands',
  dossiers: 'Dossiers',
  procedures: 'Receive a new dossier',
  commands: 'Go to',
  nothing: 'Nothing found. Try without accents, or the last digits of the number.',
}
