import type net from 'node:net'

/** Where to connect to. */
export interface SocketPlace {
  readonly host: string
  readonly port: number
}

/** Tells one socket that is ready for a request, or why there is none. */
export type SocketDone = (error: Error | null, socket?: net.Socket) => void
export type Connect = (place: SocketPlace, done: SocketDone) => net.Socket

/**
 * Sockets that are opened before there is something to say on them: while a round is read and packed, its handshakes go to and fro.
 * ```
 * open(2) ─► two handshakes ─┬─ first one ready ─► who takes
 *                            └─ the other ──────► spare: hints and scans come next ─► closed when nobody does
 * ```
 * 1. One lost packet of a handshake costs a second; the other socket does not wait for it.
 * 2. Who takes gets a socket once. An error only when no attempt is left that could still succeed, or at once where it says that
 *    the wrong server answers there.
 * 3. A spare that closes or is not taken for a while is gone, one that ends or on which something was said unasked is not handed out.
 */
export interface SocketsAhead {
  readonly open: (place: SocketPlace, count: number) => void
  /** Some are open or on their way, and nobody waits for them. */
  readonly hasSome: () => boolean
  /** False when there is none to wait for. */
  readonly take: (done: SocketDone) => boolean
  readonly close: () => void
}

/** Well below what servers allow a socket on which nothing was asked yet. */
const spareMs = 20_000

export function createSocketsAhead(connect: Connect, isWrongServer: (error: Error) => boolean): SocketsAhead {
  const spares = new Map<net.Socket, () => void>()
  const takers: SocketDone[] = []
  const handshakes = new Set<net.Socket>()
  let refused: Error | undefined
  let isClosed = false

  function keep(socket: net.Socket): void {
    const drop = () => {
      spares.delete(socket)
      socket.destroy()
    }
    const release = () => {
      spares.delete(socket)
      socket.off('close', drop).off('timeout', drop).setTimeout(0).ref()
    }
    spares.set(socket, release)
    socket.on('close', drop).on('timeout', drop).setTimeout(spareMs).unref()
  }

  function arrived(socket: net.Socket, error: Error | null): void {
    // Nobody waits for it any more.
    if (!handshakes.delete(socket)) return void socket.destroy()
    if (!error) {
      const taker = takers.shift()
      if (taker) taker(null, socket)
      else keep(socket)
    } else if (isWrongServer(error)) giveUp(error)
    else if (handshakes.size < takers.length) takers.shift()?.(error)
  }

  /** What the others would say is of the same moment: the next one asks anew. */
  function giveUp(error: Error): void {
    for (const socket of handshakes) socket.destroy()
    handshakes.clear()
    if (takers.length === 0) refused = error
    for (const taker of takers.splice(0)) taker(error)
  }

  return {
    open(place, count) {
      if (isClosed) return
      refused = undefined
      for (let at = 0; at < count; at += 1) {
        const socket = connect(place, (error) => arrived(socket, error))
        handshakes.add(socket)
      }
    },
    hasSome: () => spares.size > 0 || handshakes.size > takers.length,
    take(done) {
      if (isClosed) return false
      for (const [socket, release] of spares) {
        release()
        if (!socket.destroyed && socket.writable && socket.readableLength === 0) {
          done(null, socket)
          return true
        }
        socket.destroy()
      }
      if (refused) {
        done(refused)
        refused = undefined
        return true
      }
      if (handshakes.size <= takers.length) return false
      takers.push(done)
      return true
    },
    close() {
      isClosed = true
      for (const socket of [...spares.keys()]) socket.destroy()
      giveUp(new Error('closed'))
    },
  }
}
