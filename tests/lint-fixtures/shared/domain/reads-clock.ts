// caught by: biome plugin
// caught by: biome lint/style/noRestrictedGlobals
export function startedAt(): number {
  return Date.now()
}
