import type { ExchangeFailure } from '../exchange/exchange-failure.ts'
import type { IdentityStore } from './desk-identity.ts'

/**
 * A retired desk stays so over a restart without a line: it reads, and issues no number. It is let in again by the
 * first exchange that succeeds.
 */
export async function noteStanding(store: IdentityStore, failure: ExchangeFailure | undefined): Promise<void> {
  const identity = store.current()
  const retired = failure?.code === 'district/refused' && failure.reason === 'desk/retired'
  if (!identity || identity.retired === retired || (failure && !retired)) return
  await store.save({ ...identity, retired })
}

/**
 * Keys the district announces in its signed replies: the next one in time for its renewal. Learned only where they
 * hold one this desk trusts already, so that a district seen over another road does not shut this one.
 */
export async function learnPins(store: IdentityStore, announced: readonly string[]): Promise<void> {
  const identity = store.current()
  if (!identity) return
  const { pins } = identity.tls
  const changed = announced.length !== pins.length || announced.some((pin, at) => pin !== pins[at])
  if (!changed || !pins.some((pin) => announced.includes(pin))) return
  await store.save({ ...identity, tls: { ...identity.tls, pins: [...announced] } })
}
