import { spawn } from 'node:child_process'
import { webcrypto } from 'node:crypto'
import fs from 'node:fs'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { expect, onTestFinished, test } from 'vitest'
import { pinOf } from '../../district/tls/pins.ts'
import { bundleProgram } from '../harness/bundle.ts'
import { tempFolder } from '../harness/temp-folder.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000
const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
const around = (from: number, to: number) => ({
  notBefore: new Date(Date.now() + from * day),
  notAfter: new Date(Date.now() + to * day),
})

/** A public authority of the test's own. */
async function makeAuthority() {
  const keys = await newKeys()
  const name = 'CN=Authority of the test'
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name,
    ...around(-1, 30),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  })
  async function certify(address: string, dates: ReturnType<typeof around>) {
    const own = await newKeys()
    const signed = await X509CertificateGenerator.create({
      subject: 'CN=District of the test',
      issuer: name,
      ...dates,
      signingAlgorithm: algorithm,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: address }])],
    })
    const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', own.privateKey), 'PRIVATE KEY')
    return { key, cert: signed.toString('pem') }
  }
  return { pem: certificate.toString('pem'), certify }
}

async function serve(certificate: { key: string; cert: string }): Promise<{ url: string; pin: string }> {
  const server = https.createServer(certificate, (_request, response) => response.end())
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`, pin: pinOf(certificate.cert) }
}

test('where an authority is asked for, its word, the address and the dates count; a pin is asked for besides', async () => {
  const authority = await makeAuthority()
  const folder = tempFolder()
  const file = path.join(folder, 'authority.pem')
  fs.writeFileSync(file, authority.pem)
  const right = await serve(await authority.certify('127.0.0.1', around(-1, 10)))
  const elsewhere = await serve(await authority.certify('192.0.2.1', around(-1, 10)))
  const expired = await serve(await authority.certify('127.0.0.1', around(-20, -2)))
  const early = await serve(await authority.certify('127.0.0.1', around(2, 20)))
  const none: string[] = []
  const expected: readonly (readonly [string, readonly string[], boolean, string])[] = [
    [right.url, none, true, '200'],
    [elsewhere.url, none, true, 'tls/not-vouched'],
    [expired.url, none, true, 'tls/dates'],
    [early.url, none, true, 'tls/dates'],
    [right.url, [right.pin], true, '200'],
    [right.url, [elsewhere.pin], true, 'tls/wrong-key'],
    // A PC whose clock is years off: the pin alone still leads to the district, the authority does not.
    [expired.url, [expired.pin], false, '200'],
    [expired.url, [expired.pin], true, 'tls/dates'],
  ]
  const asked = expected.map(([url, pins, vouched]) => [url, { pins, authority: vouched }])
  const said = await sayTrusting(file, 'ask-over-tls', [JSON.stringify(asked)])
  expect(said.trim().split('\n')).toEqual(expected.map(([, , , outcome]) => outcome))
})

test('with dates the PC does not believe nothing is sent and the officer is told; once they are right it is sent', async () => {
  const authority = await makeAuthority()
  const folder = tempFolder()
  const file = path.join(folder, 'authority.pem')
  fs.writeFileSync(file, authority.pem)
  const certificates = {
    outOfDate: await authority.certify('127.0.0.1', around(-20, -2)),
    inDate: await authority.certify('127.0.0.1', around(-1, 10)),
  }
  const said = await sayTrusting(file, 'send-after-dates', [path.join(folder, 'desk'), JSON.stringify(certificates)])
  expect(JSON.parse(said)).toEqual([
    { line: 'untrusted', code: 'tls/dates', unsentEvents: 1 },
    { line: 'online', unsentEvents: 0 },
  ])
})

/** What a program says that trusts this authority besides those built into Node. */
async function sayTrusting(authorityFile: string, name: string, args: readonly string[]): Promise<string> {
  const program = bundleProgram(`tests/fault/programs/${name}.ts`, name)
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authorityFile },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await new Promise((resolve) => child.once('close', resolve))
  return said
}
