import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { serialByKey } from '../../../district/exchange/serial-by-key.ts'

test('work of one key runs one after the other, also after a failure; other keys do not wait', async () => {
  const serially = serialByKey()
  const log: string[] = []
  const work =
    (name: string, ms: number, fails = false) =>
    async () => {
      log.push(`${name} begins`)
      await sleep(ms)
      log.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    }
  const results = await Promise.allSettled([
    serially('goi', work('a', 40, true)),
    serially('goi', work('b', 1)),
    serially('kim-thai', work('c', 1)),
  ])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect(log).toEqual(['a begins', 'c begins', 'c ends', 'a ends', 'b begins', 'b ends'])
})
