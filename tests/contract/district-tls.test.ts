import fs from 'node:fs'
import net from 'node:net'
import tls from 'node:tls'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { type KeyAndCertificate, makeCertificate } from '../../district/tls/make-certificate.ts'
import { openOwnCertificates, renewOwnCertificates } from '../../district/tls/own-certificates.ts'
import { keepPins, pinOf, readPins } from '../../district/tls/pins.ts'
import { enrol } from '../../electron/enrolment/enrol.ts'
import { meetServer, openTransport, type TlsTrust, WrongCertificate } from '../../electron/exchange/pinned-transport.ts'
import { formatEnrolmentCode } from '../../shared/wire/enrolment.ts'
import { healthPath } from '../../shared/wire/hint.ts'
import { openNodeDesk } from '../harness/node-desk.ts'
import { tempFolder } from '../harness/temp-folder.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
let own: KeyAndCertificate
let next: KeyAndCertificate
beforeAll(async () => {
  own = await makeCertificate()
  next = await makeCertificate()
  district = await cluster.district({ certificate: own, tlsPins: [pinOf(own.cert), pinOf(next.cert)] })
})

const pinned = (certificate: KeyAndCertificate, authority = false): TlsTrust => ({
  pins: [pinOf(certificate.cert)],
  authority,
})

async function ask(url: string, trust: TlsTrust): Promise<number | string> {
  const transport = openTransport(() => trust)
  onTestFinished(() => transport.close())
  const asking = transport.send(url + healthPath, { method: 'GET', headers: {}, timeoutMs: 5000 })
  return asking.then(
    ({ status }) => status,
    (error: Error) => (error instanceof WrongCertificate ? error.fault : error.message),
  )
}

/** Somebody on the line: takes TLS connections with a key of their own and writes down what they hear. */
async function eavesdropper(certificate: KeyAndCertificate): Promise<{ url: string; heard: () => string }> {
  let heard = ''
  const server = tls.createServer(certificate, (socket) => {
    socket.on('error', () => {})
    socket.on('data', (part) => {
      heard += part.toString('latin1')
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return { url: `https://127.0.0.1:${address.port}`, heard: () => heard }
}

async function freshDesk(folder = tempFolder()) {
  const desk = await openNodeDesk({ folder })
  onTestFinished(() => desk.close())
  return desk
}

test('the own key is enough: neither name nor authority is asked', async () => {
  expect(await ask(district.url, pinned(own))).toBe(200)
  expect(await meetServer(district.url)).toEqual({ pin: pinOf(own.cert), vouched: false })
})

test('another key is not spoken to, and hears nothing', async () => {
  const { url, heard } = await eavesdropper(next)
  expect(await ask(url, pinned(own))).toBe('tls/wrong-key')
  expect(heard()).toBe('')
  // The same listener hears every word of a desk that trusts it: the silence above was no accident.
  expect(await ask(url, pinned(next))).toBe(200)
  expect(heard()).toContain(healthPath)
})

test('an answer that is none breaks one request, not the desk', async () => {
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end('HTTP/1.1 999 Nonsense\r\ncontent-length: 0\r\n\r\n'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  expect(await ask(`http://127.0.0.1:${address.port}`, pinned(own))).toMatch(/status|999/)
})

test('without a pin only a public authority counts, and with both asked for both must hold', async () => {
  const { url, heard } = await eavesdropper(own)
  expect(await ask(url, { pins: [], authority: true })).toBe('tls/not-vouched')
  expect(await ask(url, pinned(own, true))).toBe('tls/not-vouched')
  expect(heard()).toBe('')
})

test('a district behind its own certificate: a desk enrols, keeps the key and exchanges over the line', async () => {
  const desk = await freshDesk()
  const code = formatEnrolmentCode(await district.code(), pinOf(own.cert))
  expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){6}[2-9A-HJ-NP-Z]{4}$/)
  expect(await enrol({ url: district.url, code: code.toLowerCase(), deskName: 'Quầy 1' }, desk)).toMatchObject({
    ok: true,
  })
  expect(desk.identity.current()?.tls).toEqual({ pins: [pinOf(own.cert)], authority: false })
  desk.startExchange()
  await desk.findExchange()?.now()
  expect(desk.findExchange()?.status().line).toBe('online')
  // The signed reply told it of the next key.
  expect(desk.identity.current()?.tls.pins).toEqual([pinOf(own.cert), pinOf(next.cert)])
})

test('a code for one server is not said to another', async () => {
  const desk = await freshDesk()
  const { url, heard } = await eavesdropper(next)
  const secret = await district.code()
  const code = formatEnrolmentCode(secret, pinOf(own.cert))
  const refused = (why: string) => ({ ok: false, error: { code: why } })
  expect(await enrol({ url, code, deskName: 'Quầy 1' }, desk)).toEqual(refused('tls/wrong-key'))
  expect(await enrol({ url, code: secret, deskName: 'Quầy 1' }, desk)).toEqual(refused('tls/not-vouched'))
  expect(await enrol({ url: 'http://127.0.0.1:1', code, deskName: 'Quầy 1' }, desk)).toEqual(
    refused('enrolment/bad-address'),
  )
  expect(await enrol({ url: district.url, code: code.slice(0, -1), deskName: 'Quầy 1' }, desk)).toEqual(
    refused('enrolment/incomplete-code'),
  )
  expect(heard()).toBe('')
  expect(await enrol({ url: district.url, code, deskName: 'Quầy 1' }, desk)).toMatchObject({ ok: true })
})

test('a renewed key cuts off no desk that was in touch before, and one that was not says so and sends nothing', async () => {
  const place = await cluster.district({ certificate: own, tlsPins: [pinOf(own.cert), pinOf(next.cert)] })
  const [informed, absent] = [await freshDesk(), await freshDesk()]
  for (const desk of [informed, absent]) {
    const code = formatEnrolmentCode(await place.code(), pinOf(own.cert))
    await enrol({ url: place.url, code, deskName: 'Quầy' }, desk)
  }
  informed.startExchange()
  await informed.findExchange()?.now()
  const port = Number(new URL(place.url).port)
  const third = await makeCertificate()
  await cluster.restart(place, { port, certificate: next, tlsPins: [pinOf(next.cert), pinOf(third.cert)] })
  await informed.findExchange()?.now()
  expect(informed.findExchange()?.status().line).toBe('online')
  expect(informed.identity.current()?.tls.pins).toEqual([pinOf(next.cert), pinOf(third.cert)])
  absent.startExchange()
  await absent.findExchange()?.now()
  expect(absent.findExchange()?.status()).toMatchObject({ line: 'untrusted', code: 'tls/wrong-key' })
  expect(absent.identity.current()?.tls.pins).toEqual([pinOf(own.cert)])
})

test('a desk whose clock is ten years off still speaks to its district', async () => {
  const folder = tempFolder()
  const desk = await openNodeDesk({ folder, demoClock: '2036-01-01T08:00:00+07:00' })
  onTestFinished(() => desk.close())
  const code = formatEnrolmentCode(await district.code(), pinOf(own.cert))
  expect(await enrol({ url: district.url, code, deskName: 'Quầy 1' }, desk)).toMatchObject({ ok: true })
  desk.startExchange()
  await desk.findExchange()?.now()
  expect(desk.findExchange()?.status().line).toBe('online')
})

test('certificates are made once, prepared one ahead, and renewed in that order', async () => {
  const folder = tempFolder()
  const first = await openOwnCertificates(folder)
  expect(await openOwnCertificates(folder)).toEqual(first)
  await renewOwnCertificates(folder)
  const second = await openOwnCertificates(folder)
  expect(pinOf(second.current.cert)).toBe(pinOf(first.next.cert))
  expect([pinOf(first.current.cert), pinOf(first.next.cert)]).not.toContain(pinOf(second.next.cert))
  expect(fs.statSync(`${folder}/tls/current.pem`).mode & 0o777).toBe(0o600)
  expect(readPins(folder)).toEqual([])
  keepPins(folder, [pinOf(own.cert)])
  expect(readPins(folder)).toEqual([pinOf(own.cert)])
})
