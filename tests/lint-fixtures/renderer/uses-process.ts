// caught by: biome lint/style/noRestrictedGlobals
export const home = process.env['HOME']
