import pg from 'pg'

/** The fields of a row as the bytes the database sent, null for null. */
export type CopiedRow = readonly (Buffer | null)[]

/** Signature, flags, length of an extension: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format". */
const headBytes = 19
const extensionAt = 15

/**
 * What a query finds, in the binary format of COPY. The driver decodes every field of a usual answer; texts that are only
 * carried from here to a desk stay the bytes they are.
 */
export function copyOut(session: Pick<pg.ClientBase, 'query'>, query: string): Promise<readonly CopiedRow[]> {
  return new Promise((resolve, reject) => {
    const copy = new CopyQuery(`copy (${query}) to stdout (format binary)`, (error) => {
      if (error) reject(error)
      else resolve(copy.copied)
    })
    session.query(copy)
  })
}

class CopyQuery extends pg.Query {
  readonly copied: CopiedRow[] = []
  private isHeadRead = false

  /** Called by the driver with each piece: a row, the first with the format's head before it, the last its end mark. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    // The driver writes into its buffer again.
    const piece = Buffer.from(chunk)
    const at = this.isHeadRead ? 0 : headBytes + piece.readInt32BE(extensionAt)
    this.isHeadRead = true
    const row = at < piece.byteLength ? rowAt(piece, at) : undefined
    if (row) this.copied.push(row)
  }
}

/** Undefined where the end mark stands. */
function rowAt(piece: Buffer, from: number): CopiedRow | undefined {
  const fields = piece.readInt16BE(from)
  if (fields < 0) return undefined
  const row: (Buffer | null)[] = []
  let at = from + 2
  for (let field = 0; field < fields; field += 1) {
    const bytes = piece.readInt32BE(at)
    at += 4
    row.push(bytes < 0 ? null : piece.subarray(at, at + bytes))
    at += Math.max(0, bytes)
  }
  return row
}
