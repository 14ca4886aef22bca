import { openTransport, type TlsTrust, WrongCertificate } from '../../../electron/exchange/pinned-transport.ts'

/** Asks each `[url, trust]` of its argument once and prints what came of it. Node reads its authorities at the start only. */
const asked = JSON.parse(process.argv[2] ?? '[]') as readonly (readonly [string, TlsTrust])[]
for (const [url, trust] of asked) {
  const transport = openTransport(() => trust)
  const request = { method: 'GET', headers: {}, timeoutMs: 5000 }
  const outcome = await transport.send(url, request).then(
    ({ status }) => String(status),
    (error: Error) => (error instanceof WrongCertificate ? error.fault : error.message),
  )
  transport.close()
  process.stdout.write(`${outcome}\n`)
}
