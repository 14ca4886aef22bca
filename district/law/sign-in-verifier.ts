import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { StaffMember } from '../../shared/law/staff.ts'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
const cost = 2 ** 14

/** scrypt of a sign-in code: 16 bytes of salt, 32 of hash, both in base64. */
export async function signInVerifier(code: string): Promise<StaffMember['signIn']> {
  const salt = randomBytes(16)
  const hash = await derive(code, salt, 32, { N: cost })
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), cost }
}
