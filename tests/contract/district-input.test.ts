import { randomBytes } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { maxEventsPerRequest } from '../../shared/wire/exchange.ts'
import { enrolmentPath, exchangePath } from '../../shared/wire/hint.ts'
import { refusalReplySchema } from '../../shared/wire/refusal.ts'
import { type Answer, answerOf, type DeskClient } from '../harness/desk-client.ts'
import { newId, receivedText } from '../harness/desk-events.ts'
import { testCluster } from '../harness/test-cluster.ts'
import type { TestDistrict } from '../harness/test-district.ts'

const seed = Number(process.env['TEST_SEED'] ?? 20_261_123)

const cluster = testCluster()
let district: TestDistrict
let desk: DeskClient
beforeAll(async () => {
  district = await cluster.district()
  desk = await district.enrol()
})

/** Everything a request could leave behind. */
async function traces(): Promise<unknown> {
  const { rows } = await district.district.store.allUnits.query(
    `select (select count(*) from event) as events, (select count(*) from refused_event) as refused,
       (select count(*) from chain_link) as links, (select count(*) from incident) as incidents,
       (select count(*) from desk) as desks, (select count(*) from stream) as streams`,
  )
  return rows[0]
}

function expectRefusal(answer: Answer): void {
  const refusal = refusalReplySchema.parse(answer.body)
  expect(answer.status, refusal.code).toBeGreaterThanOrEqual(400)
  expect(answer.status, refusal.code).toBeLessThan(500)
  expect(refusal.time).toMatch(/Z$/)
}

async function sendBytes(bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
  return desk.send(await desk.sign('POST', exchangePath, bytes, { 'content-type': 'application/json', ...headers }))
}

test('random bytes, with any encoding, are refused with a code and leave nothing', async () => {
  const before = await traces()
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 2000 }),
      fc.constantFrom('identity', 'br', 'gzip', 'zstd', 'br, gzip'),
      async (bytes, encoding) => expectRefusal(await sendBytes(bytes, { 'content-encoding': encoding })),
    ),
    { numRuns: 60, seed },
  )
  expect(await traces()).toEqual(before)
})

test('any JSON that is not a request is refused with the place, and leaves nothing', async () => {
  const before = await traces()
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 4 }), async (json) => expectRefusal(await sendBytes(Buffer.from(json)))),
    { numRuns: 80, seed },
  )
  expect(await traces()).toEqual(before)
})

/** A good request with one value somewhere replaced by anything. */
test('a good request with one wrong value is refused or understood, never a failure', async () => {
  const good = desk.exchangeRequest([{ text: receivedText(desk), chain: chainOf(1) }])
  const paths = leafPaths(good)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), anyValue(), async (path, value) => {
      const answer = await desk.post(replaceAt(good, path, value))
      if (answer.status !== 200) expectRefusal(answer)
    }),
    { numRuns: 150, seed },
  )
})

/** The event's own text is open to what newer desks write; every shape of it gets a verdict. */
test('an event with one wrong value gets a verdict, never a failure', async () => {
  const good = JSON.parse(receivedText(desk))
  const paths = leafPaths(good).filter((path) => path.join() !== 'id')
  let n = 10
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), anyValue(), async (path, value) => {
      n += 1
      const text = JSON.stringify(replaceAt({ ...good, id: newId() }, path, value))
      const answer = await desk.post({ ...desk.exchangeRequest(), events: [{ text, chain: chainOf(n) }] })
      expect(answer.status).toBe(200)
      expect(answer.body).toMatchObject({ verdicts: [{ verdict: expect.stringMatching(/accepted|refused|parked/) }] })
    }),
    { numRuns: 200, seed },
  )
})

test('what is too large is refused: many events, a long body, a small one that unpacks to a huge one', async () => {
  const before = await traces()
  const own = { text: receivedText(desk), chain: chainOf(1) }
  const many = { ...desk.exchangeRequest(), events: Array.from({ length: maxEventsPerRequest + 1 }, () => own) }
  expectRefusal(await desk.post(many, { pack: true }))
  const long = await sendBytes(randomBytes(9 * 1024 * 1024))
  expect(long).toMatchObject({ status: 413, body: { code: 'request/too-large' } })
  const bomb = Buffer.alloc(64 * 1024 * 1024, 32)
  for (const [encoding, bytes] of [
    ['br', brotliCompressSync(bomb)],
    ['gzip', gzipSync(bomb)],
  ] as const) {
    const answer = await sendBytes(bytes, { 'content-encoding': encoding })
    expect(answer).toMatchObject({ status: 413, body: { code: 'request/too-large' } })
  }
  expect(await traces()).toEqual(before)
})

test('deep nesting and strange keys harm nothing', async () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  expectRefusal(await sendBytes(Buffer.from(deep)))
  expectRefusal(await sendBytes(Buffer.from(`{"protocol":1,"events":${deep}}`)))
  const text = JSON.stringify({ ...JSON.parse(receivedText(desk)), id: newId() }).replace(
    '"body":{',
    '"body":{"__proto__":{"polluted":true},',
  )
  const answer = await desk.post({ ...desk.exchangeRequest(), events: [{ text, chain: chainOf(900) }] })
  expect(answer.status).toBe(200)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test('enrolment takes no nonsense either', async () => {
  const before = await traces()
  const post = async (body: Buffer | string, type = 'application/json') =>
    answerOf(
      await fetch(district.url + enrolmentPath, {
        method: 'POST',
        headers: { 'content-type': type },
        body: Buffer.from(body),
      }),
    )
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.json(), fc.string()),
      fc.constantFrom('application/json', 'text/plain', 'x/y'),
      async (body, type) => expectRefusal(await post(body, type)),
    ),
    { numRuns: 40, seed },
  )
  expectRefusal(await post(randomBytes(64 * 1024)))
  expect(await traces()).toEqual(before)
})

test('paths and methods nobody serves are refused with a code', async () => {
  for (const [method, path] of [
    ['GET', '/nowhere'],
    ['DELETE', exchangePath],
    ['GET', '/v1/attachments/'],
    ['GET', '/%ff%fe'],
    ['PATCH', '/'],
  ]) {
    expectRefusal(await answerOf(await fetch(district.url + path, { method })))
  }
})

function chainOf(n: number) {
  const hash = n.toString(16).padStart(64, '0')
  return { n, salt: '0'.repeat(32), bodyHash: hash, link: hash }
}

type Path = readonly (string | number)[]

function leafPaths(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([key, inner]) => [path.concat(key), ...leafPaths(inner, path.concat(key))])
}

function replaceAt(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  copy[key] = replaceAt(copy[key], rest, replacement)
  return copy
}

function anyValue(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      ...[null, -1, 0, 2 ** 31, 2 ** 53, 1e300, '', '\u0000', '\ud800', 'x'.repeat(5000), '9'.repeat(64), [], {}],
      ...['2022-13-45T99:99:99.999Z', '0000-00-00T00:00:00.000Z', '9999-99-99', '00000000-0000-0000-0000-000000000000'],
    ),
    fc.string({ unit: 'binary' }),
  )
}
