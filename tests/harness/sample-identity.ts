import { generateKeyPairSync } from 'node:crypto'
import type { DeskIdentity } from '../../electron/enrolment/desk-identity.ts'
import unitsJson from '../../shared/law/data/units-vu-ban-2022.json' with { type: 'json' }
import { unitDirectorySchema } from '../../shared/law/unit.ts'
import { newBoxKey } from '../../shared/node/sealed-box.ts'
import { sampleDeskId } from './sample-events.ts'

/** What a desk of Gôi is once enrolled, for tests that need no district. */
export async function sampleIdentity(): Promise<DeskIdentity> {
  const unit = unitDirectorySchema.parse(unitsJson).units.find(({ id }) => id === 'goi')
  if (!unit) throw new Error('the data set has no Gôi')
  const { privateKey } = generateKeyPairSync('ed25519')
  const boxKey = await newBoxKey()
  return {
    deskId: sampleDeskId,
    deskName: 'Quầy 1',
    districtUrl: 'http://127.0.0.1:9',
    tls: { pins: [], authority: false },
    districtName: 'Huyện Vụ Bản',
    districtPublicKey: '',
    districtBoxKey: boxKey.publicKey,
    unit,
    lane: { id: 1, first: 1, last: 500, validUntil: '2099-12-31' },
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    boxKey,
    enrolledAt: '2022-08-17T01:00:00.000Z',
    retired: false,
  }
}
