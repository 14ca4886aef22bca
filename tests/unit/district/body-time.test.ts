import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bodyTimeOf } from '../../../district/http/body-time.ts'

let server: FastifyInstance
beforeEach(async () => {
  const bodyTime = bodyTimeOf(400, 250)
  server = Fastify({ requestTimeout: 0 })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.addHook('onRequest', bodyTime.limit)
  server.put('/scan', { onRequest: bodyTime.allowSlow }, async () => 'held')
  server.put('/other', async () => 'held')
  server.get('/long', async () => sleep(600).then(() => 'at last'))
  await server.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(() => server.close())

/** Sends `pieces` of a body, one every `everyMs`, and answers what came back. */
async function send(path: string, pieces: number, everyMs: number, length = pieces): Promise<string> {
  const socket = net.connect((server.server.address() as AddressInfo).port, '127.0.0.1')
  let answer = ''
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    answer += bytes
    if (answer.includes('held')) socket.end()
  })
  socket.write(`PUT ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: a/b\r\ncontent-length: ${length}\r\n\r\n`)
  for (let piece = 0; piece < pieces && !socket.destroyed; piece += 1) {
    socket.write('x')
    await sleep(everyMs)
  }
  await closed
  return answer
}

test('a scan on a slow line takes the time it needs', async () => {
  expect(await send('/scan', 8, 100)).toContain('200 OK')
})

test('a scan of which nothing comes any more is cut', async () => {
  expect(await send('/scan', 2, 50, 10)).toBe('')
})

test('any other body must be there in time, however it trickles', async () => {
  expect(await send('/other', 20, 50)).toBe('')
  expect(await send('/other', 4, 50)).toContain('200 OK')
})

test('an answer may take longer than a body', async () => {
  const { port } = server.server.address() as AddressInfo
  expect(await fetch(`http://127.0.0.1:${port}/long`).then((response) => response.text())).toBe('at last')
})
