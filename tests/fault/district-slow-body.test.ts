import net from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { exchangePath } from '../../shared/wire/hint.ts'
import { receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'

const cluster = testCluster()

/** Lets the sockets of this process carry what was written; their time is not the faked one. */
async function carry(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate)
}

test('an exchange that trickles in byte by byte is cut after two minutes; the same one in time is taken, once', async () => {
  const district = await cluster.district()
  const desk = await district.enrol()
  await desk.exchange()
  const own = desk.chain(receivedText(desk))
  const body = Buffer.from(JSON.stringify(desk.exchangeRequest([own])))
  const { method, headers } = await desk.sign('POST', exchangePath, body, { 'content-type': 'application/json' })
  const lines = Object.entries({ host: 'x', 'content-length': String(body.byteLength), ...headers })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const socket = net.connect(Number(new URL(district.url).port), '127.0.0.1')
  let answer = ''
  socket
    .on('error', () => undefined)
    .on('data', (bytes) => {
      answer += bytes
    })
  socket.write(`${method} ${exchangePath} HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n`)
  // Another request all the way through: the first one's sender is known by then, and its body is waited for.
  await desk.exchange()
  await carry()
  let seconds = 0
  for (; !socket.destroyed && seconds < 300; seconds += 5) {
    socket.write(body.subarray(seconds, seconds + 1))
    vi.advanceTimersByTime(5_000)
    await carry()
  }
  // The end has to come back over the socket, too.
  expect([120, 125, 130]).toContain(seconds)
  expect(answer).toBe('')
  vi.useRealTimers()
  expect((await desk.exchange([own])).verdicts).toMatchObject([{ verdict: 'accepted', seq: 1 }])
})
