import type { StoreFailure } from '../../shared/ipc/contract.ts'
import { hasCode } from './durable-file.ts'

/** The disk's refusals an officer can act on; any other error is a bug and stays one. */
export function findStoreFailure(cause: unknown): StoreFailure | undefined {
  if (hasCode(cause, 'ENOSPC', 'EDQUOT', 'EFBIG')) return { code: 'store/full' }
  if (hasCode(cause, 'EROFS', 'EACCES', 'EPERM')) return { code: 'store/read-only' }
  if (hasCode(cause, 'EIO')) return { code: 'store/damaged' }
  return undefined
}
