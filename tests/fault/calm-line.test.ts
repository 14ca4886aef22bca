import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { makeCertificate } from '../../district/tls/make-certificate.ts'
import { pinOf } from '../../district/tls/pins.ts'
import { meetServer } from '../../electron/exchange/pinned-transport.ts'
import { type LineFault, openFaultyLine } from '../harness/faulty-line.ts'

test('a faulty line that is told to be calm shows its own key, also while it still handles a request from before', async () => {
  const own = await makeCertificate()
  const slowDistrict = http.createServer((_, response) => void setTimeout(() => response.end(), 200))
  await new Promise<void>((resolve) => slowDistrict.listen(0, '127.0.0.1', resolve))
  const { port } = slowDistrict.address() as AddressInfo
  const faults: LineFault[] = ['late', 'wrong-tls']
  let drawn: () => void = () => undefined
  const isDrawn = new Promise<void>((resolve) => (drawn = resolve))
  const nextFault = () => {
    const fault = faults.shift() ?? 'none'
    if (fault === 'wrong-tls') drawn()
    return fault
  }
  const line = await openFaultyLine(`http://127.0.0.1:${port}`, nextFault, {
    tls: { own, foreign: await makeCertificate() },
  })
  try {
    await askAndForget(line.url)
    // Its handling first waits for the late one before it.
    const asked = askAndForget(line.url)
    await isDrawn
    line.setUp(true)
    await asked
    expect((await meetServer(line.url)).pin).toBe(pinOf(own.cert))
  } finally {
    await line.close()
    slowDistrict.close()
  }
})

function askAndForget(url: string): Promise<void> {
  return new Promise((resolve) => {
    const asked = https.get(url, { rejectUnauthorized: false, agent: false }, (answer) => answer.resume())
    asked.on('error', () => undefined).on('close', resolve)
  })
}
