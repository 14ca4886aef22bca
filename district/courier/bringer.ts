import type { CourierFault } from '../../shared/wire/courier.ts'
import type { Desk } from '../store/desks.ts'

/** Whether this author's file is taken from whoever brings it; answers why not. */
export type Bringer = (author: Desk) => CourierFault | undefined

/** Any desk of the unit carries for any other; for a retired one only the desk that took its place. */
export function broughtBy(carrier: Desk): Bringer {
  return (author) => {
    if (author.unitId !== carrier.unitId) return 'courier/unknown-author'
    return author.retired && !tookPlaceOf(carrier, author) ? 'courier/retired-author' : undefined
  }
}

/** A desk enrolled in the place of another (`enrol-code --replaces`); without that bond only the operator vouches. */
function tookPlaceOf(carrier: Desk, author: Desk): boolean {
  return carrier.replaces === author.deskId
}

/** The operator at the server vouches for a retired desk by asking for it in so many words. */
export function broughtByOperator(retiredToo: boolean): Bringer {
  return (author) => (author.retired && !retiredToo ? 'courier/retired-author' : undefined)
}
