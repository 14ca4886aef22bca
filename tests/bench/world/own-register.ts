import type { Desk } from '../../../electron/desk.ts'
import type { DossierEvent } from '../../../shared/domain/event.ts'
import { type RegisterWish, registerOf } from './register.ts'

/** The generated events of a desk that is enrolled. */
export function ownRegister(desk: Desk, wish: RegisterWish): readonly DossierEvent[] {
  const identity = desk.identity.current()
  if (!identity) throw new Error('not enrolled')
  return registerOf({ ...identity, publications: desk.reference.current() }, wish)
}
