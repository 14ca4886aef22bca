import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { procedureOf } from '../../harness/catalogue.ts'
import { enrolDesk, execute, newId, openNodeDesk, signIn } from '../../harness/node-desk.ts'
import { receiveCommand } from '../../harness/sample-commands.ts'
import { TestCluster } from '../../harness/test-district.ts'

/**
 * A desk that asks an authority, and has something to send: first its PC finds the certificate out of date, then, as after
 * somebody set the clock, in date. Prints its line and what is unsent, each time.
 */
const [folder = '', certificates = ''] = process.argv.slice(2)
const { outOfDate, inDate } = JSON.parse(certificates)
const cluster = await TestCluster.start()
const district = await cluster.district()
const server = https.createServer(outOfDate, (request, response) => {
  const { method, headers, url = '/' } = request
  const onward = http.request(district.url + url, { method, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(response)
  })
  onward.on('error', () => response.destroy())
  request.pipe(onward)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const desk = await openNodeDesk({ folder })
await enrolDesk(desk, district.url, await district.code(), 'Quầy 1')
const identity = desk.identity.current()
if (!identity) throw new Error('not enrolled')
const districtUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
await desk.identity.save({ ...identity, districtUrl, tls: { pins: [], authority: true } })
await signIn(desk, 'goi.son')
await execute(desk, receiveCommand(procedureOf('2.000815'), newId()))
desk.startExchange()
const told: unknown[] = []
for (const certificate of [outOfDate, inDate]) {
  server.setSecureContext(certificate)
  await desk.findExchange()?.now()
  const { line, code, unsentEvents } = desk.findExchange()?.status() ?? {}
  told.push({ line, code, unsentEvents })
}
console.log(JSON.stringify(told))
await desk.close()
server.closeAllConnections()
server.close()
await district.close()
await cluster.stop()
