import type { WebContents } from 'electron'
import { expect, test } from 'vitest'
import { createHints } from '../../../electron/ipc/hints.ts'

function pageNoting(said: string[], isDestroyed = false): WebContents {
  return { isDestroyed: () => isDestroyed, send: (_channel: string, topic: string) => said.push(topic) } as never
}

const immediate = () => new Promise((resolve) => setImmediate(resolve))

test('the answer goes before the hints it brings about, and each topic is told once', async () => {
  const said: string[] = []
  const hint = createHints(() => pageNoting(said))
  const answered = Promise.resolve()
    .then(() => {
      hint('projection')
      hint('exchange')
      hint('projection')
    })
    .then(() => said.push('answer'))
  await answered
  await immediate()
  expect(said).toEqual(['answer', 'projection', 'exchange'])
  hint('projection')
  await immediate()
  expect(said.slice(3)).toEqual(['projection'])
})

test('a page that is gone is told nothing, and the one after it is told what comes then', async () => {
  const said: string[] = []
  let page = pageNoting(said, true)
  const hint = createHints(() => page)
  hint('status')
  await immediate()
  page = pageNoting(said)
  hint('drafts')
  await immediate()
  expect(said).toEqual(['drafts'])
})
