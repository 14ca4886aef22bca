import { createHash, X509Certificate } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { tlsPinsSchema } from '../../shared/wire/enrolment.ts'
import { writeKeyFile } from '../exchange/district-key.ts'

/** What desks know a certificate by: SHA-256 of its SubjectPublicKeyInfo, hex. */
export function pinOf(certificatePem: string): string {
  const spki = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('hex')
}

const fileIn = (dataFolder: string) => path.join(dataFolder, 'tls-pins.json')

/** Kept from `serve` to `enrol-code`, which puts the present one into its codes. */
export function keepPins(dataFolder: string, pins: readonly string[]): void {
  writeKeyFile(fileIn(dataFolder), JSON.stringify(pins))
}

export function readPins(dataFolder: string): readonly string[] {
  const file = fileIn(dataFolder)
  return fs.existsSync(file) ? tlsPinsSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : []
}
