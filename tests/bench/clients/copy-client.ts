import fs from 'node:fs'
import { answerRounds, secondsOf } from './answer-rounds.ts'

export type CopyRounds = {
  /** Seconds until the server made all lines of the file durable. */
  readonly push: { readonly url: string; readonly file: string }
  /** Seconds until all of them are back in memory. */
  readonly pull: { readonly url: string; readonly file: string }
}

answerRounds<CopyRounds>({
  async push({ url, file }) {
    await ask(url, 'DELETE')
    const body = fs.readFileSync(file)
    return secondsOf(() => ask(url, 'POST', body))
  },
  async pull({ url, file }) {
    let came = 0
    const seconds = await secondsOf(async () => {
      came = (await ask(url, 'GET')).byteLength
    })
    const { size } = fs.statSync(file)
    if (came !== size) throw new Error(`${came} of ${size} bytes came back`)
    return seconds
  },
})

async function ask(url: string, method: string, body?: Buffer<ArrayBuffer>): Promise<ArrayBuffer> {
  const answer = await fetch(url, { method, ...(body ? { body } : {}) })
  if (!answer.ok) throw new Error(`the copy server answered ${answer.status}`)
  return answer.arrayBuffer()
}
