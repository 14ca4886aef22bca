// caught by: biome lint/correctness/noNodejsModules
// caught by: tsc TS2591
import { readFileSync } from 'node:fs'

export const read = readFileSync
