/** PostgreSQL away, starting, stopping, full or closed to us. */
const databaseAway = /^(08\w{3}|57P0\d|53\d{3}|55000|28\w{3}|3D000|ECONN\w+|EPIPE|ETIMEDOUT)$/
/** PostgreSQL's disk, or that of the data folder. */
const diskFull = /^(53100|ENOSPC|EDQUOT)$/

interface Failure {
  readonly code?: string
  readonly message: string
}

export function isDiskFull({ code = '' }: Failure): boolean {
  return diskFull.test(code)
}

/** Not a bug: whoever asked is to try again later. */
export function isWorthLater(failure: Failure): boolean {
  const isAway = databaseAway.test(failure.code ?? '')
  return (
    isAway ||
    isDiskFull(failure) ||
    /timeout exceeded when trying to connect|Connection terminated/.test(failure.message)
  )
}
