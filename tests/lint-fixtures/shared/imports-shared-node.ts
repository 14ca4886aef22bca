// caught by: biome lint/style/noRestrictedImports
// caught by: tsc TS6307
import { nodeNeutral } from './node/neutral.ts'

export const readByRules = nodeNeutral
