// caught by: biome lint/performance/noBarrelFile
export { luck } from './domain/rolls-dice.ts'
