import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { err, ok, type Result } from '../../shared/core/result.ts'
import type { PrintFailure } from '../../shared/ipc/contract.ts'
import { writeDurably } from '../disk/durable-file.ts'
import { findStoreFailure } from '../disk/store-failure.ts'

/** Writes a finished paper where the officer wants it; under its name it stands whole or not at all. */
export async function writePaper(
  file: string,
  pdf: Uint8Array,
  onTrouble: (what: string, cause: unknown) => void,
): Promise<Result<null, PrintFailure>> {
  try {
    await mkdir(path.dirname(file), { recursive: true })
    await writeDurably(file, pdf)
    return ok(null)
  } catch (cause) {
    const code = findStoreFailure(cause)?.code === 'store/full' ? 'file/no-room' : 'file/cannot-write'
    onTrouble(code, cause)
    return err({ code })
  }
}
