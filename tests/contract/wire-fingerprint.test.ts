import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { eventBodies, storedEventSchema } from '../../shared/domain/event.ts'
import { besideMediaType } from '../../shared/wire/beside.ts'
import { courierHeadSchema, courierRecordSchema } from '../../shared/wire/courier.ts'
import { enrolmentReplySchema, enrolmentRequestSchema } from '../../shared/wire/enrolment.ts'
import { escrowDepositSchema, lentKeySchema } from '../../shared/wire/escrow.ts'
import { exchangeReplySchema, exchangeRequestSchema } from '../../shared/wire/exchange.ts'
import { protocolFloor, protocolHistory, protocolVersion } from '../../shared/wire/protocol.ts'
import { refusalReplySchema, refusalStatus } from '../../shared/wire/refusal.ts'
import { returnedReplySchema, returnedRequestSchema } from '../../shared/wire/returned.ts'
import { signedFields } from '../../shared/wire/signed-request.ts'

/**
 * Everything desks and district say to each other, as JSON Schema.
 * When this fails, ask: would yesterday's desk still be understood? Then add a line to `protocolHistory`,
 * raise `protocolVersion` if not, and write the new fingerprint here.
 */
const messages = {
  exchangeRequest: exchangeRequestSchema,
  exchangeReply: exchangeReplySchema,
  enrolmentRequest: enrolmentRequestSchema,
  enrolmentReply: enrolmentReplySchema,
  refusal: refusalReplySchema,
  courierHead: courierHeadSchema,
  escrowDeposit: escrowDepositSchema,
  lentKey: lentKeySchema,
  courierRecord: courierRecordSchema,
  returnedRequest: returnedRequestSchema,
  returnedReply: returnedReplySchema,
  event: storedEventSchema,
  ...eventBodies,
}
const fingerprints: Readonly<Record<number, string>> = {
  1: 'e554210917a628318c4337b3de6b2421',
  2: '2fdb22ecb1d3cbd9f85900c22d8e44fd',
  3: 'd143d30af50c8de0822ecc6530aff2a9',
}

function fingerprint(): string {
  const schemas = Object.entries(messages).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  ])
  return createHash('sha256')
    .update(JSON.stringify([schemas, refusalStatus, signedFields, besideMediaType]))
    .digest('hex')
    .slice(0, 32)
}

test('the wire is what its protocol version says it is', () => {
  expect(fingerprint()).toBe(fingerprints[protocolVersion])
})

test('the history begins with the present version and the floor is not above it', () => {
  expect(protocolHistory[0].version).toBe(protocolVersion)
  expect(protocolFloor).toBeLessThanOrEqual(protocolVersion)
})
