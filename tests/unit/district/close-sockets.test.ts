import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { socketCloser } from '../../../district/http/close-sockets.ts'

test('a server that closes answers what was asked, and waits for no connection on which nothing was', async () => {
  const server = http.createServer((_request, response) => void sleep(300).then(() => response.end('answered')))
  const closeSockets = socketCloser(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const silent = net.connect(port, '127.0.0.1')
  await new Promise((resolve) => silent.once('connect', resolve))
  const arrived = new Promise((resolve) => server.once('request', resolve))
  const asked = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text())
  await arrived
  const closed = new Promise<number>((resolve) => server.close(() => resolve(performance.now())))
  const from = performance.now()
  closeSockets()
  expect(await asked).toBe('answered')
  expect((await closed) - from).toBeLessThan(3000)
})
