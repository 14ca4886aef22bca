import { createHash, randomBytes, randomUUID, sign } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { attachmentPath, maxAttachmentBytes } from '../../shared/wire/attachment.ts'
import { headSignatureInput } from '../../shared/wire/exchange.ts'
import { exchangePath, hintsPath } from '../../shared/wire/hint.ts'
import { clockWindowSeconds } from '../../shared/wire/signed-request.ts'
import { answerOf, DeskClient, type SignedRequest } from '../harness/desk-client.ts'
import { receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const cluster = testCluster()
let district: TestDistrict
let desk: DeskClient
let colleague: DeskClient
beforeAll(async () => {
  district = await cluster.district()
  desk = await district.enrol()
  colleague = await district.enrol()
})

/** All a request could have left behind: rows and files. */
async function stored(): Promise<unknown> {
  const counts = ['event', 'refused_event', 'chain_link', 'dossier_number', 'incident', 'attachment', 'desk'].map(
    (table) => `(select count(*) from ${table}) as ${table}`,
  )
  const { rows } = await district.district.store.allUnits.query(`select ${counts.join(', ')}`)
  const folder = path.join(district.district.dataFolder, 'attachments')
  const found = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }) : []
  return [rows[0], found.filter((entry) => entry.isFile()).map(({ name }) => name)]
}

const json = { 'content-type': 'application/json' }
const pushOf = (author: DeskClient) =>
  Buffer.from(JSON.stringify(author.exchangeRequest([author.chain(receivedText(author))])))
const scan = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(400)])
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Everything an attacker may change about a push that a desk really signed. */
const hostile: readonly [string, string, () => Promise<SignedRequest>][] = [
  [
    'unsigned',
    'request/unsigned',
    async () => ({ method: 'POST', path: exchangePath, headers: json, body: pushOf(desk) }),
  ],
  [
    'its body swapped after signing',
    'request/bad-signature',
    async () => ({ ...(await desk.sign('POST', exchangePath, pushOf(desk), json)), body: pushOf(desk) }),
  ],
  [
    'its body swapped, with a digest that fits the new one',
    'request/bad-signature',
    async () => {
      const body = pushOf(desk)
      const signed = await desk.sign('POST', exchangePath, pushOf(desk), json)
      const digest = createHash('sha256').update(body).digest('base64')
      return { ...signed, body, headers: { ...signed.headers, 'content-digest': `sha-256=:${digest}:` } }
    },
  ],
  [
    'signed without the digest of its body',
    'request/bad-signature',
    () => desk.sign('POST', exchangePath, pushOf(desk), json, { fields: ['@method', '@path'] }),
  ],
  [
    'signed for another path',
    'request/bad-signature',
    async () => ({ ...(await desk.sign('POST', hintsPath, pushOf(desk), json)), path: exchangePath }),
  ],
  [
    'signed for another method',
    'request/bad-signature',
    async () => ({ ...(await desk.sign('PUT', exchangePath, pushOf(desk), json)), method: 'POST' }),
  ],
  [
    'signed by another desk of the same unit in its name',
    'request/bad-signature',
    async () =>
      new DeskClient(district.url, desk.enrolment, colleague.privateKey).sign('POST', exchangePath, pushOf(desk), json),
  ],
  [
    'signed too long ago',
    'request/expired',
    () =>
      desk.sign('POST', exchangePath, pushOf(desk), json, { createdMs: Date.now() - (clockWindowSeconds + 30) * 1000 }),
  ],
  [
    'signed for the future',
    'request/expired',
    () =>
      desk.sign('POST', exchangePath, pushOf(desk), json, { createdMs: Date.now() + (clockWindowSeconds + 30) * 1000 }),
  ],
  [
    'signed for the year 9999',
    'request/expired',
    () => desk.sign('POST', exchangePath, pushOf(desk), json, { createdMs: Date.parse('9999-12-31T00:00:00Z') }),
  ],
  [
    'of a desk nobody knows',
    'desk/unknown',
    () => desk.sign('POST', exchangePath, pushOf(desk), json, { keyId: randomUUID() }),
  ],
  [
    'larger than a page',
    'request/too-large',
    () => desk.sign('POST', exchangePath, Buffer.alloc(9 * 1024 * 1024, 0x20), json),
  ],
  [
    'small, and enormous once unpacked',
    'request/too-large',
    () =>
      desk.sign('POST', exchangePath, brotliCompressSync(Buffer.alloc(64 * 1024 * 1024)), {
        ...json,
        'content-encoding': 'br',
      }),
  ],
  [
    'a scan under the name of another',
    'attachment/wrong-hash',
    () => desk.sign('PUT', attachmentPath + hashOf(randomBytes(8)), scan),
  ],
  [
    'a scan whose bytes are not those that were signed',
    'attachment/wrong-hash',
    async () => ({
      ...(await desk.sign('PUT', attachmentPath + hashOf(scan), scan)),
      body: Buffer.from(scan).fill(1, 20),
    }),
  ],
  [
    'a scan larger than any scan',
    'request/too-large',
    async () => {
      const huge = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(maxAttachmentBytes)])
      return desk.sign('PUT', attachmentPath + hashOf(huge), huge)
    },
  ],
]

test.each(hostile)('refused, and nothing of it stays: %s', async (_what, code, make) => {
  const before = await stored()
  const answer = await desk.send(await make())
  expect(answer.body).toMatchObject({ code })
  expect(await stored()).toEqual(before)
})

test('a request heard on the line is good once, in whichever process and after whichever restart it comes again', async () => {
  const place = await cluster.district()
  const author = await place.enrol()
  const request = await author.sign('POST', exchangePath, Buffer.from(JSON.stringify(author.exchangeRequest())), json)
  expect(await author.send(request)).toMatchObject({ status: 200 })
  const twin = await cluster.twin(place)
  const replay = async (url: string) => {
    const { method, headers, body } = request
    return answerOf(await fetch(url + request.path, { method, headers, body: new Uint8Array(body) }))
  }
  const refused = { status: 401, body: { code: 'request/replayed' } }
  expect(await replay(place.url)).toMatchObject(refused)
  expect(await replay(twin.url)).toMatchObject(refused)
  const restarted = await cluster.restart(place)
  expect(await replay(restarted.url)).toMatchObject(refused)
})

test('the same request at two processes at once is answered by one', async () => {
  const place = await cluster.district()
  const twin = await cluster.twin(place)
  const author = await place.enrol()
  for (let turn = 0; turn < 10; turn += 1) {
    const { method, headers, body } = await author.sign('POST', exchangePath, pushOf(author), json)
    const urls = [place.url, twin.url, place.url, twin.url]
    const answers = await Promise.all(
      urls.map(async (url) =>
        answerOf(await fetch(url + exchangePath, { method, headers, body: new Uint8Array(body) })),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  }
})

test('an event of another unit or another desk inside a well signed batch is refused and told of', async () => {
  const place = await cluster.district()
  const author = await place.enrol('goi')
  const other = await place.enrol('goi')
  const stranger = await place.enrol('tan-khanh')
  const reply = await author.exchange([author.chain(receivedText(stranger)), author.chain(receivedText(other))])
  expect(reply.verdicts).toMatchObject([
    { verdict: 'refused', code: 'event/foreign' },
    { verdict: 'refused', code: 'event/foreign' },
  ])
  const { rows } = await place.district.store.allUnits.query('select unit_id from event')
  expect(rows).toEqual([])
})

test('a chain head signed by another desk is an incident, and is not kept as a proof', async () => {
  const place = await cluster.district()
  const [author, other] = [await place.enrol(), await place.enrol()]
  const request = author.exchangeRequest([author.chain(receivedText(author))])
  const { n, link } = request.head ?? { n: 0, link: '' }
  const forged = sign(null, Buffer.from(headSignatureInput(author.deskId, n, link)), other.privateKey)
  const answer = await author.post({ ...request, head: { n, link, signature: forged.toString('base64') } })
  expect(answer.status).toBe(200)
  const { rows: kept } = await place.district.store.allUnits.query('select signature from chain_link')
  expect(kept).toEqual([{ signature: null }])
  const { rows: incidents } = await place.district.store.allUnits.query('select code, desk_id from incident')
  expect(incidents).toEqual([{ code: 'chain/bad-head-signature', desk_id: author.deskId }])
})
