// caught by: biome lint/correctness/noNodejsModules
import path from 'node:path'

export const separator = path.sep
