import net from 'node:net'
import { pipeSockets } from './pipe-sockets.ts'

/** A way to the district that counts what passes. */
export interface CountedWay {
  readonly url: string
  readonly up: () => number
  readonly close: () => void
}

export async function countedWay(districtUrl: string): Promise<CountedWay> {
  const { port } = new URL(districtUrl)
  let up = 0
  const server = net.createServer((asking) => {
    asking.on('data', (part) => {
      up += part.byteLength
    })
    pipeSockets(asking, net.connect(Number(port), '127.0.0.1'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, up: () => up, close: () => server.close() }
}
