import { expect, test } from 'vitest'
import { createReadOnce } from '../../../../renderer/store/read-once.ts'

function readOnceOf() {
  const here = new Set<string>()
  const asked: (readonly string[])[] = []
  const answers: { readonly give: () => void; readonly fail: () => void }[] = []
  const load = createReadOnce(
    (id) => here.has(id),
    (ids) => {
      asked.push(ids)
      return new Promise((resolve, reject) => {
        const give = () => {
          for (const id of ids) here.add(id)
          resolve()
        }
        answers.push({ give, fail: () => reject(new Error('the store is gone')) })
      })
    },
  )
  return { here, asked, answers, load }
}

test('who asks for what is being read already waits for it; only the rest is read', async () => {
  const { here, asked, answers, load } = readOnceOf()
  const first = load(['a', 'b'])
  const seen: boolean[] = []
  const second = load(['b', 'c']).then(() => void seen.push(here.has('b'), here.has('c')))
  answers[1]?.give()
  await Promise.resolve()
  expect(seen).toEqual([])
  answers[0]?.give()
  await Promise.all([first, second])
  expect(seen).toEqual([true, true])
  await load(['a', 'b', 'c'])
  expect(asked).toEqual([['a', 'b'], ['c']])
})

test('a reading that failed fails for all who waited, and is tried again by the next', async () => {
  const { here, answers, load } = readOnceOf()
  const both = Promise.allSettled([load(['a']), load(['a'])])
  answers[0]?.fail()
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const again = load(['a'])
  answers[1]?.give()
  await again
  expect(here.has('a')).toBe(true)
})
