import net, { type AddressInfo } from 'node:net'

export interface NarrowLineOptions {
  /** A connection breaks when so many bytes have gone up; none by default. */
  readonly cutAfterBytes?: number
  /** Bytes a second, up; as fast as it goes by default. */
  readonly bytesPerSecond?: number
}

/** A line below HTTP that is slow, or breaks in the middle of what it carries; what has passed has passed. */
export interface NarrowLine {
  readonly url: string
  readonly bytesUp: () => number
  readonly cuts: () => number
  /** From now on nothing passes either way, and nobody is told. */
  readonly freeze: () => void
  readonly close: () => Promise<void>
}

export async function openNarrowLine(districtUrl: string, options: NarrowLineOptions): Promise<NarrowLine> {
  const { hostname, port } = new URL(districtUrl)
  const sockets = new Set<net.Socket>()
  let bytesUp = 0
  let cuts = 0
  let frozen = false
  const server = net.createServer((desk) => {
    const district = net.connect(Number(port), hostname)
    const both = [desk, district]
    let carried = 0
    for (const socket of both) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        for (const other of both) other.destroy()
      })
    }
    if (frozen) return void desk.pause()
    district.pipe(desk)
    desk.on('data', (part: Buffer) => {
      const room = (options.cutAfterBytes ?? Number.POSITIVE_INFINITY) - carried
      const passing = part.subarray(0, room)
      carried += passing.byteLength
      bytesUp += passing.byteLength
      district.write(passing)
      if (passing.byteLength < part.byteLength) {
        cuts += 1
        desk.destroy()
        // What has passed still arrives; only then does the other end hear of the break.
        district.end()
        return
      }
      if (!options.bytesPerSecond) return
      desk.pause()
      setTimeout(() => desk.resume(), (part.byteLength / options.bytesPerSecond) * 1000)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytesUp: () => bytesUp,
    cuts: () => cuts,
    freeze: () => {
      frozen = true
      for (const socket of sockets) socket.pause()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
