// caught by: biome lint/style/noRestrictedImports
// caught by: tsc TS6307
import { rendererNeutral } from '../renderer/neutral.ts'

export const borrowed = rendererNeutral
