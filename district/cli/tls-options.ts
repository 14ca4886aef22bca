import fs from 'node:fs'
import type { KeyAndCertificate } from '../tls/make-certificate.ts'
import { openOwnCertificates } from '../tls/own-certificates.ts'
import { pinOf } from '../tls/pins.ts'
import { CommandFailed, type Options } from './options.ts'

export interface ServedTls {
  /** Undefined where a proxy speaks TLS, or nobody does. */
  readonly certificate: KeyAndCertificate | undefined
  /** Keys desks are told of, the present one first. */
  readonly pins: readonly string[]
}

/**
 * ```
 * --tls                      own certificate, made and renewed here
 * --tls-cert F --tls-key F   given certificate            + --next-pin
 * --pin                      a proxy's certificate        + --next-pin
 * nothing                    plain HTTP, behind a proxy whose certificate a public authority vouches for
 * ```
 */
export async function tlsOf(options: Options, dataFolder: string): Promise<ServedTls> {
  const { tls, pin, 'tls-cert': certFile, 'tls-key': keyFile, 'next-pin': nextPin } = options
  const ways = [tls, certFile ?? keyFile, pin].filter((way) => way !== undefined)
  if (ways.length > 1) throw new CommandFailed('Choose one: --tls, --tls-cert with --tls-key, or --pin.')
  const next = nextPin === undefined ? [] : [readPin(nextPin)]
  if (tls) {
    if (nextPin) throw new CommandFailed('--tls prepares its next key by itself; leave --next-pin away.')
    const own = await openOwnCertificates(dataFolder)
    return { certificate: own.current, pins: [pinOf(own.current.cert), pinOf(own.next.cert)] }
  }
  if (certFile ?? keyFile) {
    if (!certFile || !keyFile) throw new CommandFailed('--tls-cert and --tls-key belong together.')
    const certificate = { cert: readText(certFile), key: readText(keyFile) }
    return { certificate, pins: [pinOf(certificate.cert), ...next] }
  }
  if (pin) return { certificate: undefined, pins: [readPin(pin), ...next] }
  if (nextPin) throw new CommandFailed('--next-pin needs --pin or --tls-cert.')
  return { certificate: undefined, pins: [] }
}

/** 64 hexadecimal digits, or a file with the certificate they are taken from. */
function readPin(given: string): string {
  if (/^[0-9a-f]{64}$/i.test(given)) return given.toLowerCase()
  try {
    return pinOf(readText(given))
  } catch (cause) {
    if (cause instanceof CommandFailed) throw cause
    throw new CommandFailed(`${given} is neither a certificate nor 64 hexadecimal digits.`, { cause })
  }
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (cause) {
    throw new CommandFailed(`${file} cannot be read.`, { cause })
  }
}
