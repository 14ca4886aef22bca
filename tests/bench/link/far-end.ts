import net from 'node:net'
import { farAddress } from './link-addresses.ts'
import { pipeSockets } from './pipe-sockets.ts'

/** Program B of the emulated line: hands what arrives to the district through a file socket, which knows no namespaces. */
const [port = '', file = ''] = process.argv.slice(2)
net.createServer((arriving) => pipeSockets(arriving, net.connect(file))).listen(Number(port), farAddress)
