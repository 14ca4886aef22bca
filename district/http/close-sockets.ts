import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { Server as TlsServer } from 'node:tls'

/** A request that takes longer is cut when the district stops; its desk repeats it. */
const graceMs = 10_000

/**
 * Node's own close waits a minute for connections on which nothing was ever asked, and browsers open such ahead.
 * Answers how to close: sockets without a request at once, the others when they are answered.
 */
export function socketCloser(server: Server): () => void {
  const open = new Map<Socket, number>()
  let closing = false
  const change = (socket: Socket, by: number) => {
    if (socket.destroyed) return
    const requests = (open.get(socket) ?? 0) + by
    open.set(socket, requests)
    if (closing && requests === 0) socket.destroySoon()
  }
  // Under TLS requests come over the socket inside; the one outside never has any.
  const opened = server instanceof TlsServer ? 'secureConnection' : 'connection'
  server.on(opened, (socket: Socket) => {
    change(socket, 0)
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    change(socket, 1)
    response.once('close', () => change(socket, -1))
  })
  return () => {
    closing = true
    for (const socket of open.keys()) change(socket, 0)
    setTimeout(() => server.closeAllConnections(), graceMs).unref()
  }
}
