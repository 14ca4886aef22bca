// caught by: biome plugin
export function luck(): number {
  return Math.random()
}
