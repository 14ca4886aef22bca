// caught by: biome lint/style/noRestrictedImports
// caught by: tsc TS6307
import { electronNeutral } from '../electron/neutral.ts'

export const borrowed = electronNeutral
