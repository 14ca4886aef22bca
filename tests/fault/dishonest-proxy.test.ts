import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Desk } from '../../electron/desk.ts'
import { findProcedure } from '../../shared/law/procedure.ts'
import { exchangePath } from '../../shared/wire/hint.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../harness/node-desk.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

/** Where TLS ends at a proxy, the proxy sees and says what it likes: the district's signature alone is believed. */
const cluster = testCluster()
const dayMs = 86_400_000
let district: TestDistrict
beforeAll(async () => {
  district = await cluster.district()
})

interface Reply {
  readonly status: number
  readonly type: string
  readonly text: string
}

interface Proxy {
  readonly url: string
  /** What the proxy makes of the district's answer to an exchange. */
  answer: (honest: () => Promise<Reply>) => Promise<Reply>
}

async function openProxy(): Promise<Proxy> {
  const server = http.createServer(async (request, response) => {
    const body = await buffer(request)
    // Unpacked, so that it can be read here.
    const { 'accept-encoding': _, ...headers } = request.headers
    const honest = async (): Promise<Reply> => {
      const onward = http.request(district.url + request.url, { method: request.method ?? 'GET', headers })
      onward.end(body)
      const [reply] = (await once(onward, 'response')) as [http.IncomingMessage]
      const text = String(await buffer(reply))
      return { status: reply.statusCode ?? 502, type: reply.headers['content-type'] ?? '', text }
    }
    if (request.url === '/v1/hints') return
    const { status, type, text } = await (request.url === exchangePath ? proxy.answer(honest) : honest())
    response.writeHead(status, { 'content-type': type }).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const proxy: Proxy = { url, answer: (honest) => honest() }
  return proxy
}

async function openWorld(pcNow: () => number = Date.now) {
  const proxy = await openProxy()
  // Nothing on such a PC tells how much time has passed: what it knows of the right time is what it was told.
  const desk = await openNodeDesk({ folder: tempFolder(), pcNow, runningMs: pcNow })
  onTestFinished(() => desk.close().catch(() => undefined))
  await enrolDesk(desk, proxy.url, await district.code('goi'), 'Quầy 1')
  await signIn(desk, 'goi.hanh')
  desk.startExchange()
  await desk.findExchange()?.now()
  return { proxy, desk }
}

async function receive(desk: Desk): Promise<void> {
  const { catalogue } = desk.reference.current()
  const procedure = catalogue && findProcedure(catalogue, '2.000815', desk.clock.instant().slice(0, 10))
  if (!procedure) throw new Error('no certified copies in the catalogue')
  const applicant = { kind: 'person', name: 'Nguyễn Thị Ánh', personalId: '036185001234' } as const
  expect(await execute(desk, receiveCommand(procedure, newId(), { applicant }))).toMatchObject({ ok: true })
}

async function exchangeOf(desk: Desk) {
  await desk.findExchange()?.now()
  return desk.findExchange()?.status()
}

test('an old reply of the district, shown again, is taken for nothing: no clock, no cursor, no verdict', async () => {
  const { proxy, desk } = await openWorld()
  let old: Reply | undefined
  proxy.answer = async (honest) => {
    old = await honest()
    return old
  }
  expect(await exchangeOf(desk)).toMatchObject({ line: 'online' })
  await receive(desk)
  const { cursor } = desk.journal.index
  const offsetMs = desk.clock.offsetMs()
  proxy.answer = async () => old as Reply
  expect(await exchangeOf(desk)).toMatchObject({ line: 'refused', code: 'district/bad-signature', unsentEvents: 1 })
  expect(desk.journal.index.cursor).toEqual(cursor)
  expect(desk.clock.offsetMs()).toBe(offsetMs)
  proxy.answer = (honest) => honest()
  expect(await exchangeOf(desk)).toMatchObject({ line: 'online', unsentEvents: 0 })
})

test.each<[string, (text: string) => string]>([
  ['gaps of its chain', (text) => text.replace('"publications"', '"gaps":[{"from":1,"to":1}],"publications"')],
  ['another unit', (text) => text.replace('"unitId":"goi"', '"unitId":"tan-khanh"')],
  ['another protocol', (text) => text.replace(/"protocol":\d+/, '"protocol":99')],
  ['no proof of the stream', (text) => text.replace(/"proof":\{[^}]*\},/, '')],
  ['something of a later version', (text) => text.replace('"more"', '"forget":true,"more"')],
])('a reply into which the way has written %s is refused', async (_what, change) => {
  const { proxy, desk } = await openWorld()
  await receive(desk)
  proxy.answer = async (honest) => {
    const reply = await honest()
    const text = change(reply.text)
    expect(text).not.toBe(reply.text)
    return { ...reply, text }
  }
  expect(await exchangeOf(desk)).toMatchObject({ line: 'refused', code: 'district/bad-signature', unsentEvents: 1 })
})

test('"expired" moves the clock only where the district said it, and to this very request', async () => {
  let pcNow = Date.now
  const { proxy, desk } = await openWorld(() => pcNow())
  const offsetMs = desk.clock.offsetMs()
  const time = new Date(Date.now() + 30 * dayMs).toISOString()
  const forged = JSON.stringify({ code: 'request/expired', time })
  proxy.answer = async () => ({ status: 401, type: 'application/json', text: forged })
  expect(await exchangeOf(desk)).toMatchObject({ line: 'refused', code: 'request/expired' })
  expect(desk.clock.offsetMs()).toBe(offsetMs)
  // The PC's clock jumps; the desk learns it from the district's own refusal.
  pcNow = () => Date.now() - 2 * dayMs
  let refusal: Reply | undefined
  proxy.answer = async (honest) => {
    const reply = await honest()
    if (reply.status === 401) refusal ??= reply
    return reply
  }
  expect(await exchangeOf(desk)).toMatchObject({ line: 'online' })
  expect(Math.abs(desk.clock.offsetMs() - 2 * dayMs)).toBeLessThan(60_000)
  // The same refusal, to another request: its moment is no longer the district's.
  pcNow = () => Date.now() - 4 * dayMs
  const learned = desk.clock.offsetMs()
  proxy.answer = async () => refusal as Reply
  expect(await exchangeOf(desk)).toMatchObject({ line: 'refused', code: 'request/expired' })
  expect(desk.clock.offsetMs()).toBe(learned)
})
