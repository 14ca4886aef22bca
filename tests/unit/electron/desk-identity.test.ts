import { expect, test } from 'vitest'
import { isSignedText, privateKeyOf, publicKeyOf, signText } from '../../../electron/enrolment/desk-identity.ts'
import { sampleIdentity } from '../../harness/sample-identity.ts'

test('a desk signs with its own key, which is read once', async () => {
  const [one, other] = await Promise.all([sampleIdentity(), sampleIdentity()])
  expect(privateKeyOf(one)).toBe(privateKeyOf(one))
  const signature = signText(privateKeyOf(one), 'Hồ sơ')
  expect(isSignedText(publicKeyOf(one), 'Hồ sơ', signature)).toBe(true)
  expect(isSignedText(publicKeyOf(one), 'Hồ sơ khác', signature)).toBe(false)
  expect(isSignedText(publicKeyOf(other), 'Hồ sơ', signature)).toBe(false)
})
