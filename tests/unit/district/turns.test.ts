import { expect, test } from 'vitest'
import { beforeReading, nextTurn, turnToRead } from '../../../district/exchange/turns.ts'

test.each(['is judged', 'breaks off'])('reading ahead stands back for a batch until that %s', async (end) => {
  let finish = () => {}
  const judging = beforeReading(
    () =>
      new Promise<void>((resolve, reject) => {
        finish = () => (end === 'is judged' ? resolve() : reject(new Error('the database went away')))
      }),
  ).catch(() => undefined)
  let mayRead = false
  const reading = turnToRead().then(() => {
    mayRead = true
  })
  for (let turn = 0; turn < 5; turn += 1) await nextTurn()
  expect(mayRead).toBe(false)
  finish()
  await judging
  await reading
  expect(mayRead).toBe(true)
})
