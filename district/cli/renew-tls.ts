import { openDataFolder } from '../data-folder.ts'
import { openOwnCertificates, renewOwnCertificates } from '../tls/own-certificates.ts'
import { keepPins, pinOf } from '../tls/pins.ts'
import { need, type Options } from './options.ts'

/** The announced certificate becomes the present one; a running district takes it with its next start. */
export async function renewTls(options: Options): Promise<void> {
  const dataFolder = openDataFolder(need(options, 'data'))
  await renewOwnCertificates(dataFolder)
  const { current, next } = await openOwnCertificates(dataFolder)
  keepPins(dataFolder, [pinOf(current.cert), pinOf(next.cert)])
  process.stdout.write(`Restart the district now. New codes carry the key ${pinOf(current.cert)}\n`)
}
