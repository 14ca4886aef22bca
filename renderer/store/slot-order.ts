import type { IndexSlot } from './index-slot.ts'

/** Work order: by key, then by id, so that every load gives the same. */
export function compareSlots(a: IndexSlot | undefined, b: IndexSlot | undefined): number {
  if (!a || !b) return 0
  if (a.key !== b.key) return a.key - b.key
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** Two sorted lists of places as one. */
export function mergePlaces(
  a: readonly number[],
  b: readonly number[],
  compare: (a: number, b: number) => number,
): number[] {
  const merged: number[] = []
  let taken = 0
  for (const place of b) {
    while (taken < a.length && compare(a[taken] ?? 0, place) < 0) {
      merged.push(a[taken] ?? 0)
      taken += 1
    }
    merged.push(place)
  }
  while (taken < a.length) {
    merged.push(a[taken] ?? 0)
    taken += 1
  }
  return merged
}
