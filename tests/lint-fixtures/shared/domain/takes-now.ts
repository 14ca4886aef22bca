// caught by: biome plugin
export function today(): string {
  return new Date().toISOString()
}
