import { afterEach, expect, test, vi } from 'vitest'
import { createSaver } from '../../../../renderer/features/intake/draft/saver.ts'
import { ok } from '../../../../shared/core/result.ts'

afterEach(() => vi.useRealTimers())

test('each key is on the disk within a second, for someone who never stops typing, on a slow disk', async () => {
  vi.useFakeTimers()
  const start = Date.now()
  const saves: { readonly began: number; readonly done: number }[] = []
  const saver = createSaver({
    save: async () => {
      const began = Date.now()
      await new Promise((resolve) => setTimeout(resolve, 150))
      saves.push({ began, done: Date.now() })
      return ok({ savedAt: '2022-08-17T01:00:00.000Z' })
    },
    onState: () => undefined,
  })
  const keys: number[] = []
  while (Date.now() - start < 6_000) {
    keys.push(Date.now())
    saver.touch()
    await vi.advanceTimersByTimeAsync(130)
  }
  await vi.advanceTimersByTimeAsync(1_000)
  const waits = keys.map((at) => (saves.find(({ began }) => began >= at)?.done ?? Number.POSITIVE_INFINITY) - at)
  expect(Math.max(...waits)).toBeLessThanOrEqual(1_000)
  // Written down as a whole, not letter by letter.
  expect(saves.length).toBeLessThan(keys.length / 2)
})

test('what is typed during a save is saved too when the page may be about to go', async () => {
  vi.useFakeTimers()
  let text = 'một'
  const saved: string[] = []
  const saver = createSaver({
    save: async () => {
      const written = text
      await new Promise((resolve) => setTimeout(resolve, 150))
      saved.push(written)
      return ok({ savedAt: '2022-08-17T01:00:00.000Z' })
    },
    onState: () => undefined,
  })
  saver.touch()
  void saver.flush()
  text = 'hai'
  saver.touch()
  const leaving = saver.flush()
  await vi.advanceTimersByTimeAsync(300)
  await leaving
  expect(saved).toEqual(['một', 'hai'])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(saved).toHaveLength(2)
})
