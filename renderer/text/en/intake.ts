import type { TextShape } from '../text-shape.ts'
import type { intake as vi } from '../vi/intake.ts'

export const intake: TextShape<typeof vi> = { title: 'Receive a dossier' }
