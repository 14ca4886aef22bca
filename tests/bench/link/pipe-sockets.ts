import type { Socket } from 'node:net'

/** Joins two sockets until either ends; the line between them, not this, decides how fast. */
export function pipeSockets(a: Socket, b: Socket): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.setNoDelay(true)
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
  }
}
