import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openTransport } from '../../../../electron/exchange/pinned-transport.ts'

/** A server that answers each request by `respond`, a desk's line to it, and how many connections were made. */
async function lineTo(respond: http.RequestListener, comesLater = false) {
  const server = http.createServer(respond)
  let connections = 0
  server.on('connection', () => {
    connections += 1
  })
  const listen = (at = 0) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  await listen()
  const { port } = server.address() as AddressInfo
  if (comesLater) await new Promise((resolve) => server.close(resolve))
  const transport = openTransport(() => ({ pins: [], authority: false }))
  onTestFinished(async () => {
    transport.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${port}/`
  const ask = (signal?: AbortSignal) =>
    transport.send(url, { method: 'GET', headers: {}, timeoutMs: 5_000, ...(signal ? { signal } : {}) })
  return { ask, prepare: () => transport.prepare(url), connections: () => connections, come: () => listen(port) }
}

const whole = (bytes: number): http.RequestListener => {
  const content = Buffer.alloc(bytes, 'ữ')
  return (_, response) => response.writeHead(200, { 'content-length': String(bytes) }).end(content)
}

test.each([1_000, 64 * 1024, 3 * 1024 * 1024])('an answer of %i bytes comes whole, and in parts', async (bytes) => {
  const { ask } = await lineTo(whole(bytes))
  expect(Buffer.from(await (await ask()).arrayBuffer()).equals(Buffer.alloc(bytes, 'ữ'))).toBe(true)
  const parts: Uint8Array[] = []
  for await (const part of (await ask()).body ?? []) parts.push(part)
  expect(Buffer.concat(parts).equals(Buffer.alloc(bytes, 'ữ'))).toBe(true)
})

test('a little answer that nobody reads does not keep its connection', async () => {
  const { ask, connections } = await lineTo(whole(1_000))
  for (let times = 0; times < 5; times += 1) {
    expect((await ask()).ok).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(connections()).toBe(1)
})

test('a request that was prepared for takes a socket opened ahead, the next one the same, and one beside it the spare', async () => {
  const { ask, prepare, connections } = await lineTo(whole(1_000))
  prepare()
  prepare()
  await (await ask()).arrayBuffer()
  await expect.poll(connections).toBe(2)
  prepare()
  await Promise.all([ask(), ask()])
  expect(connections()).toBe(2)
})

test('after an outage, too, two sockets are opened', async () => {
  const { ask, prepare, connections, come } = await lineTo(whole(1_000), true)
  for (let times = 0; times < 3; times += 1) {
    prepare()
    await expect(ask()).rejects.toThrow()
  }
  await come()
  prepare()
  expect((await ask()).ok).toBe(true)
  await expect.poll(connections).toBe(2)
})

test('a request given up while it waits for a socket is told at once', async () => {
  const silent = net.createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const transport = openTransport(() => ({ pins: [], authority: false }))
  onTestFinished(() => {
    transport.close()
    silent.close()
  })
  const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  transport.prepare(url)
  const began = performance.now()
  await expect(transport.send(url, { method: 'GET', headers: {}, timeoutMs: 200 })).rejects.toThrow('no answer in time')
  expect(performance.now() - began).toBeLessThan(5_000)
})

test.each([2_000, 200_000])(
  'an answer of %i bytes that breaks off is a broken line to whoever asks for it',
  async (bytes) => {
    const { ask } = await lineTo((_, response) => {
      response.writeHead(200, { 'content-length': String(bytes) })
      response.write(Buffer.alloc(bytes / 2))
      setTimeout(() => response.destroy(), 20)
    })
    const answer = await ask()
    await expect(answer.arrayBuffer()).rejects.toThrow()
  },
)

test('a request given up while its whole answer waits to be read does not end the process', async () => {
  const bytes = 70_000
  const { ask } = await lineTo(whole(bytes))
  const unheard: unknown[] = []
  const hear = (cause: unknown) => unheard.push(cause)
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException').on('uncaughtException', hear)
  onTestFinished(() => {
    process.off('uncaughtException', hear)
    for (const other of others) process.on('uncaughtException', other)
  })
  for (let times = 0; times < 20; times += 1) {
    const giveUp = new AbortController()
    let left = bytes
    try {
      for await (const part of (await ask(giveUp.signal)).body ?? []) {
        left -= part.byteLength
        if (left === 0) giveUp.abort()
      }
    } catch {}
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(unheard).toEqual([])
})
