// caught by: biome lint/style/useFilenamingConvention
export const small = 1
