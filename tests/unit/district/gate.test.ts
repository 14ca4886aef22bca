import { expect, test } from 'vitest'
import { gateOf } from '../../../district/exchange/gate.ts'

/** Work that ends when it is told to. */
function pieces(gate: ReturnType<typeof gateOf>, count: number) {
  const began: number[] = []
  const ends: (() => void)[] = []
  const done = Array.from({ length: count }, (_, at) =>
    gate.enter(async () => {
      began.push(at)
      await new Promise<void>((resolve) => (ends[at] = resolve))
      if (at === 1) throw new Error('failed')
      return at
    }),
  )
  for (const each of done) each.catch(() => undefined)
  return { began, end: (at: number) => ends[at]?.(), done }
}

test('no more pieces of work run at a time than there are slots, and the others begin in the order they came', async () => {
  const gate = gateOf(2, 3)
  const { began, end, done } = pieces(gate, 5)
  await Promise.resolve()
  expect(began).toEqual([0, 1])
  expect(gate.isFull()).toBe(true)
  end(1)
  await expect(done[1]).rejects.toThrow('failed')
  await Promise.resolve()
  expect(began).toEqual([0, 1, 2])
  expect(gate.isFull()).toBe(false)
  end(0)
  end(2)
  await Promise.all([done[0], done[2]])
  await Promise.resolve()
  expect(began).toEqual([0, 1, 2, 3, 4])
  end(3)
  end(4)
  expect(await Promise.all([done[3], done[4]])).toEqual([3, 4])
})
