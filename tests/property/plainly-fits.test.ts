import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { isPartialDate, parsePartialDate } from '../../shared/core/partial-date.ts'
import { plainCheckOf } from '../../shared/core/plainly-fits.ts'
import { isRealInstant } from '../../shared/core/time.ts'
import { eventBodies, type StoredEvent, storedEventSchema } from '../../shared/domain/event.ts'
import { deskContract } from '../../shared/ipc/contract.ts'
import { exchangeReplySchema, exchangeRequestSchema, type StreamEvent } from '../../shared/wire/exchange.ts'
import { procedureOf } from '../harness/catalogue.ts'
import { receiveCommand } from '../harness/sample-commands.ts'
import { sampleReception } from '../harness/sample-events.ts'

const seed = Number(process.env['TEST_SEED'] ?? 20_220_817)
const settings = { seed, numRuns: 3000 }

const received: StoredEvent = sampleReception(1, 1, 1)
const chain = { n: 1, salt: 'a'.repeat(32), bodyHash: 'b'.repeat(64), link: 'c'.repeat(64) }
const place: StreamEvent = {
  seq: 1,
  eventId: received.id,
  text: '{}',
  receivedAt: received.at,
  findings: [{ code: 'finding/other-fee', computedVnd: 7 }],
}
const cursor = { epoch: 'e', seq: 1 }
const holds = { catalogue: 1, calendar: 1, units: 1, staff: 1 }
const verdicts = [
  { eventId: received.id, verdict: 'accepted', seq: 1, receivedAt: received.at, findings: [] },
  { eventId: received.id, verdict: 'refused', code: 'x' },
]
const shared = { protocol: 1, unitId: 'goi', deskId: received.deskId, time: received.at, cursor }

const { input: execute } = deskContract['dossier.execute']

/** Right ones, of every shape that is checked the short way. */
const rightOnes: readonly (readonly [z.ZodType, unknown])[] = [
  [storedEventSchema, received],
  [eventBodies['dossier-received'], received.body],
  [eventBodies['note-added'], { text: 'Đã gọi' }],
  [eventBodies['deliverable-handed-over'], { recipient: { name: 'Vũ Thị Lan' }, method: 'counter' }],
  [eventBodies['dossier-finished'], { deliverable: { name: 'Bản sao', issuedOn: '2022-08-17' } }],
  [execute, { commandId: received.id, command: receiveCommand(procedureOf('2.000815'), received.dossierId) }],
  [
    execute,
    {
      commandId: received.id,
      draftId: undefined,
      command: { type: 'add-note', dossierId: received.dossierId, text: 'Đã gọi' },
    },
  ],
  [exchangeRequestSchema, { protocol: 1, cursor, events: [{ text: '{}', chain }], room: 0, quick: true, holds }],
  [
    exchangeReplySchema,
    {
      ...shared,
      verdicts,
      events: [place],
      more: false,
      ownHead: { n: 0, link: chain.link },
      publications: {},
      signature: '',
    },
  ],
]

/** Every place inside a value, as a path of keys. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

function changedAt(value: unknown, [key, ...rest]: readonly string[], change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value)
  if (Array.isArray(value)) {
    const next = changedAt(value[Number(key)], rest, change)
    return value.toSpliced(Number(key), 1, ...(next === undefined ? [] : [next]))
  }
  const copy = { ...(value as Record<string, unknown>) }
  const next = changedAt(copy[key], rest, change)
  if (next === undefined) delete copy[key]
  else copy[key] = next
  return copy
}

const strange = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    '',
    ' ',
    '\u0007',
    '2022-02-30',
    '2022-02-30T00:00:00.000Z',
    0,
    -1,
    1.5,
    2 ** 53,
    Number.POSITIVE_INFINITY,
    null,
  ),
  fc.integer({ min: 0, max: 5000 }).map((length) => 'x'.repeat(length)),
)
const changes: fc.Arbitrary<(old: unknown) => unknown> = fc.oneof(
  strange.map((value) => () => value),
  fc.constant(() => undefined),
  fc
    .tuple(fc.constantFrom('other', '__proto__', 'kind', 'note', 'text'), strange)
    .map(([key, value]) => (old: unknown) => {
      if (typeof old !== 'object' || old === null || Array.isArray(old)) return value
      return JSON.parse(
        `{"${key}":${JSON.stringify(value)},${JSON.stringify(old).slice(1)}`.replace(',}', '}'),
      ) as unknown
    }),
)

test('what is right is seen at once', () => {
  for (const [schema, value] of rightOnes) expect(plainCheckOf(schema)(value)).toBe(true)
})

test('what the short way lets through, the schema gives back unchanged', () => {
  const checks = rightOnes.map(([schema, value]) => ({
    schema,
    value,
    fits: plainCheckOf(schema),
    places: placesIn(value),
  }))
  fc.assert(
    fc.property(fc.nat(checks.length - 1), fc.nat(), changes, (which, at, change) => {
      const { schema, value, fits, places } = checks[which] as (typeof checks)[number]
      const changed = changedAt(value, places[at % places.length] ?? [], change)
      if (!fits(changed)) return
      const parsed = schema.safeParse(changed)
      expect(parsed.success).toBe(true)
      expect(parsed.data).toEqual(changed)
    }),
    settings,
  )
})

test('what a schema would change, or only it can judge, is left to it', () => {
  const left = [
    z.string().transform((text) => text),
    z.string().default('x'),
    z.string().trim(),
    z.coerce.string(),
    z.email(),
    z.union([z.object({ a: z.string() }), z.object({ a: z.string(), b: z.string() })]),
    z
      .object({ a: z.string() })
      .strict()
      .superRefine(() => undefined),
  ]
  for (const schema of left) {
    for (const value of ['x', 'a@b.vn', { a: '1' }, { a: '1', b: '2' }]) expect(plainCheckOf(schema)(value)).toBe(false)
  }
})

test('what is no plain object is left to the schema', () => {
  const fits = plainCheckOf(z.record(z.string(), z.string()))
  expect(fits({ a: 'b' })).toBe(true)
  for (const value of [new Map([['a', 'b']]), new Date(), ['a'], Object.create({ a: 'b' })])
    expect(fits(value)).toBe(false)
})

test('moments and partial dates are those of the calendar', () => {
  const part = (max: number, width = 2) => fc.nat({ max }).map((value) => String(value).padStart(width, '0'))
  const year = fc.integer({ min: 1880, max: 2210 }).map(String)
  const day = fc.tuple(year, part(14), part(33)).map((parts) => parts.join('-'))
  const clock = fc.tuple(part(25), part(61), part(61)).map((parts) => parts.join(':'))
  const moments = fc.oneof(
    fc.tuple(day, clock, part(999, 3)).map(([date, time, ms]) => `${date}T${time}.${ms}Z`),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.string(),
  )
  fc.assert(
    fc.property(moments, (text) => {
      const ms = Date.parse(text)
      const real = text >= '1900' && text < '2201' && !Number.isNaN(ms) && new Date(ms).toISOString() === text
      expect(isRealInstant(text)).toBe(real)
    }),
    settings,
  )
  const dates = fc.oneof(
    day,
    year,
    fc.tuple(year, part(14)).map((parts) => parts.join('-')),
    fc.string(),
  )
  fc.assert(
    fc.property(dates, (text) => {
      const parsed = parsePartialDate(text.split('-').reverse().join('/'))
      expect(isPartialDate(text)).toBe(parsed.ok && parsed.value === text)
    }),
    settings,
  )
})
