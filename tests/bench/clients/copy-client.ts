import fs from 'node:fs'
import { answerRounds, secondsOf } from './answer-rounds.ts'

export type CopyRounds = {
  /** Seconds until the server made all lines of the file durable, right behind those of `warm`. */
  readonly push: { readonly url: string; readonly warm: string; readonly file: string }
  /** Seconds until all of them are back in memory, right behind the first `lines` of them. */
  readonly pull: { readonly url: string; readonly lines: number; readonly file: string }
}

answerRounds<CopyRounds>({
  async push({ url, warm, file }) {
    await ask(url, 'DELETE')
    await ask(url, 'POST', fs.readFileSync(warm))
    await ask(url, 'DELETE')
    const body = fs.readFileSync(file)
    return secondsOf(() => ask(url, 'POST', body))
  },
  async pull({ url, lines, file }) {
    await ask(`${url}/?lines=${lines}`, 'GET')
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
