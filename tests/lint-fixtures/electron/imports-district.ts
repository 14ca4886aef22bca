// caught by: biome lint/style/noRestrictedImports
// caught by: tsc TS6307
import { districtNeutral } from '../district/neutral.ts'

export const borrowed = districtNeutral
