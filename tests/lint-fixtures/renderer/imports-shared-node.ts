// caught by: biome lint/style/noRestrictedImports
// caught by: tsc TS6307
import { nodeNeutral } from '../shared/node/neutral.ts'

export const readByPage = nodeNeutral
