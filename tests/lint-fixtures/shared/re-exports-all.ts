// caught by: biome lint/performance/noReExportAll
export * from './domain/rolls-dice.ts'
