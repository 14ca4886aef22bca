import { escrowPath } from '../../shared/wire/escrow.ts'
import type { Clock } from '../clock.ts'
import type { IdentityStore } from '../enrolment/desk-identity.ts'
import { createDistrictClient } from '../exchange/district-client.ts'
import type { Log } from '../log.ts'
import type { ReferenceStore } from '../reference/reference-store.ts'
import type { EscrowStore } from './escrow-store.ts'

const timeoutMs = 20_000

/** Keeps the sealed copy of the data key up to date, here and at the district. */
export interface EscrowKeeper {
  /** Seals when the unit's recovery key is another one; deposits when `isOnline`. Cheap when nothing is to do. */
  readonly check: (isOnline: boolean) => Promise<void>
}

export function createEscrowKeeper(deps: {
  readonly escrow: EscrowStore
  readonly identity: IdentityStore
  readonly reference: ReferenceStore
  /** The life of the district's database, as last heard. */
  readonly epoch: () => string
  readonly clock: Clock
  readonly log: Log
}): EscrowKeeper {
  const { escrow, log } = deps
  let running: Promise<void> | undefined
  let cameOnline = false

  async function keep(isOnline: boolean): Promise<void> {
    const identity = deps.identity.current()
    const key = deps.reference.current().recoveryKey
    if (!identity || !key) return
    const copy = await escrow.sealFor(identity, key)
    const epoch = deps.epoch()
    if (escrow.isDeposited(epoch) || !isOnline) return
    const answered = await createDistrictClient(identity, deps.clock).request({
      method: 'PUT',
      path: escrowPath,
      json: { keyId: copy.keyId, sealed: copy.sealed },
      timeoutMs,
    })
    log.info('escrow-deposit', { ok: answered.ok, key: copy.keyId })
    if (answered.ok) await escrow.markDeposited(copy, epoch)
  }

  /** The line often comes up while the key is still being sealed; that must not wait for the next round. */
  async function keepAll(): Promise<void> {
    do {
      const isOnline = cameOnline
      cameOnline = false
      await keep(isOnline).catch((cause: unknown) => log.error('escrow', cause))
    } while (cameOnline)
  }

  return {
    check(isOnline) {
      cameOnline ||= isOnline
      running ??= keepAll().finally(() => {
        running = undefined
      })
      return running
    },
  }
}
