import fs from 'node:fs'
import { answerRounds, secondsOf } from './answer-rounds.ts'

export type CopyRounds = {
  /** Seconds until the server made all lines of the file durable, right behind a second of the same with those of `warmFile`. */
  readonly push: { readonly url: string; readonly warmFile: string; readonly file: string }
  /** Seconds until all of them are back in memory, likewise. */
  readonly pull: { readonly url: string; readonly file: string }
}

answerRounds<CopyRounds>({
  async push({ url, warmFile, file }) {
    const body = fs.readFileSync(file)
    const first = fs.readFileSync(warmFile)
    await ask(url, 'DELETE')
    await forASecond(async () => {
      await ask(warmUrl(url), 'DELETE')
      await ask(warmUrl(url), 'POST', first)
    })
    return secondsOf(() => ask(url, 'POST', body))
  },
  async pull({ url, file }) {
    await forASecond(() => ask(warmUrl(url), 'GET'))
    let came = 0
    const seconds = await secondsOf(async () => {
      came = (await ask(url, 'GET')).byteLength
    })
    const { size } = fs.statSync(file)
    if (came !== size) throw new Error(`${came} of ${size} bytes came back`)
    return seconds
  },
})

function warmUrl(url: string): string {
  return `${url}/warm`
}

/** A tenth of its work takes it too little time to be warm from. */
async function forASecond(work: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + 1000
  while (performance.now() < end) await work()
}

async function ask(url: string, method: string, body?: Buffer<ArrayBuffer>): Promise<ArrayBuffer> {
  const answer = await fetch(url, { method, ...(body ? { body } : {}) })
  if (!answer.ok) throw new Error(`the copy server answered ${answer.status}`)
  return answer.arrayBuffer()
}
