// caught by: biome lint/style/noRestrictedGlobals
export function today(): string {
  return new globalThis.Date().toISOString()
}
