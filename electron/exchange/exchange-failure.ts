import { assertNever } from '../../shared/core/assert.ts'
import type { ExchangeStatus } from '../../shared/ipc/view.ts'
import { findStoreFailure } from '../disk/store-failure.ts'
import type { DistrictFailure } from './district-client.ts'

/** Why an exchange did not succeed: nobody answered, the district refused, or this PC could not take its part. */
export type ExchangeFailure = DistrictFailure | { readonly code: 'desk/stuck'; readonly reason: string }

/** An exception is never the line's: the disk refused, or it is a bug. Nothing is lost, the next round brings it again. */
export function stuckBy(cause: unknown): ExchangeFailure {
  return { code: 'desk/stuck', reason: findStoreFailure(cause)?.code ?? 'main/failed' }
}

/** What the officer is told after it. */
export function lineAfter(failure: ExchangeFailure): Pick<ExchangeStatus, 'line' | 'code'> {
  switch (failure.code) {
    case 'district/refused':
      return { line: 'refused', code: failure.reason }
    case 'district/unreachable':
      return failure.certificate ? { line: 'untrusted', code: failure.certificate } : { line: 'offline' }
    case 'desk/stuck':
      return { line: 'stuck', code: failure.reason }
    default:
      return assertNever(failure)
  }
}
