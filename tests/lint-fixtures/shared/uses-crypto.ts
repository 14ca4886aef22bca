// caught by: tsc TS2304
export function newId(): string {
  return crypto.randomUUID()
}
