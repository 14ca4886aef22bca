// caught by: biome lint/suspicious/noImportCycles
import { two } from './cycle-two.ts'

export const one = (): number => two() + 1
