import { scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { err, ok, type Result } from '../../shared/core/result.ts'
import { instantOf } from '../../shared/core/time.ts'
import type { SignInFailure } from '../../shared/ipc/contract.ts'
import type { SignedInStaff } from '../../shared/ipc/view.ts'
import type { StaffMember } from '../../shared/law/staff.ts'
import { createQueue } from '../disk/queue.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'

const scryptAsync = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt)
const maxTries = 5
const lockMs = 60_000

/** Who sits at the desk. Signing in works without a line: the verifiers came with the staff publication. */
export interface Session {
  readonly staff: () => SignedInStaff | undefined
  readonly signIn: (staffId: string, code: string) => Promise<Result<SignedInStaff, SignInFailure>>
  readonly signOut: () => void
}

export function createSession(reference: ReferenceStore, now: () => number): Session {
  const failures = new Map<string, { tries: number; lockedUntil: number }>()
  let signedInId: string | undefined
  // One at a time: guesses side by side would all be counted as the first.
  const inTurn = createQueue()
  const activeMember = (id: string | undefined) => {
    const member = id === undefined ? undefined : reference.findStaff(id)
    return member?.active ? member : undefined
  }
  async function attempt(staffId: string, code: string): Promise<Result<SignedInStaff, SignInFailure>> {
    const member = activeMember(staffId)
    if (!member) return err({ code: 'session/unknown-staff' })
    const failed = failures.get(staffId) ?? { tries: 0, lockedUntil: 0 }
    if (failed.lockedUntil > now()) return err({ code: 'session/locked', until: instantOf(failed.lockedUntil) })
    if (await matches(member, code)) {
      failures.delete(staffId)
      signedInId = staffId
      return ok(summaryOf(member))
    }
    const tries = failed.tries + 1
    const locked = tries >= maxTries
    failures.set(staffId, { tries: locked ? 0 : tries, lockedUntil: locked ? now() + lockMs : 0 })
    if (locked) return err({ code: 'session/locked', until: instantOf(now() + lockMs) })
    return err({ code: 'session/wrong-code', triesLeft: maxTries - tries })
  }

  return {
    staff: () => {
      // Asked anew each time: an officer who has left loses the session when the news arrives.
      const member = activeMember(signedInId)
      return member && summaryOf(member)
    },
    signIn: (staffId, code) => inTurn(() => attempt(staffId, code)),
    signOut: () => {
      signedInId = undefined
    },
  }
}

async function matches(member: StaffMember, code: string): Promise<boolean> {
  const { salt, hash, cost } = member.signIn
  const expected = Buffer.from(hash, 'base64')
  const actual = await scryptAsync(code, Buffer.from(salt, 'base64'), expected.byteLength, { N: cost })
  return timingSafeEqual(actual, expected)
}

export function summaryOf(member: StaffMember): SignedInStaff {
  return { id: member.id, name: member.name, title: member.title, role: member.role }
}
