import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openLastSuccess } from '../../../../electron/exchange/last-success.ts'
import { tempFolder } from '../../../harness/temp-folder.ts'

const key = Buffer.alloc(32, 3)
const received = '2022-08-16T09:00:00.000Z'

test('the last success is kept over restarts and written once a minute at most', async () => {
  const folder = tempFolder()
  const file = path.join(folder, 'last-exchange.sealed')
  const success = await openLastSuccess(folder, key, '')
  expect(success.at()).toBeUndefined()
  await success.note('2022-08-17T01:00:05.000Z')
  const first = await readFile(file)
  await success.note('2022-08-17T01:00:59.000Z')
  expect(success.at()).toBe('2022-08-17T01:00:59.000Z')
  expect((await readFile(file)).equals(first)).toBe(true)
  await success.note('2022-08-17T01:01:00.000Z')
  expect((await openLastSuccess(folder, key, received)).at()).toBe('2022-08-17T01:01:00.000Z')
})

test('without a readable note, what last came from the district is the best that is known', async () => {
  const folder = tempFolder()
  expect((await openLastSuccess(folder, key, received)).at()).toBe(received)
  await writeFile(path.join(folder, 'last-exchange.sealed'), 'damaged')
  expect((await openLastSuccess(folder, key, received)).at()).toBe(received)
})
