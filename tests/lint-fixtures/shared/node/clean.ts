// caught by: nothing
import { readFileSync } from 'node:fs'

export const readForBothSides = readFileSync
