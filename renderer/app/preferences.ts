import { z } from 'zod'
import { createCell, useCell } from '../store/cell.ts'

/** How this computer shows the app. Nothing about people, so it stands in local storage. */
const preferencesSchema = z.object({
  theme: z.enum(['light', 'dark', 'contrast']).catch('light'),
  textSize: z.enum(['100', '125', '150']).catch('100'),
  language: z.enum(['vi', 'en']).catch('vi'),
})
export type Preferences = z.infer<typeof preferencesSchema>

const storageKey = 'preferences'

function readStored(): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'))
  } catch {
    return { theme: 'light', textSize: '100', language: 'vi' }
  }
}

/** Written by the settings dialog. */
const preferencesCell = createCell<Preferences>(readStored())

export function usePreferences(): Preferences {
  return useCell(preferencesCell)
}

export function changePreferences(change: Partial<Preferences>): void {
  const next = { ...preferencesCell.get(), ...change }
  preferencesCell.set(next)
  localStorage.setItem(storageKey, JSON.stringify(next))
}
