import fs from 'node:fs'
import path from 'node:path'
import { writeKeyFile } from '../exchange/district-key.ts'
import { type KeyAndCertificate, makeCertificate } from './make-certificate.ts'

/**
 * ```
 * DIR/tls/current.pem   what the district answers with
 * DIR/tls/next.pem      what it will answer with after the next renewal; its key is announced to desks from today
 * ```
 * 1. The next key exists from the first day, so every desk that was in touch since the last renewal knows it already.
 * 2. A desk that was not must enrol again: it cannot tell a renewed district from a false one.
 */
export interface OwnCertificates {
  readonly current: KeyAndCertificate
  readonly next: KeyAndCertificate
}

export async function openOwnCertificates(dataFolder: string): Promise<OwnCertificates> {
  return { current: await open(fileOf(dataFolder, 'current')), next: await open(fileOf(dataFolder, 'next')) }
}

/** The next certificate becomes the present one. */
export async function renewOwnCertificates(dataFolder: string): Promise<void> {
  const { next } = await openOwnCertificates(dataFolder)
  const prepared = await makeCertificate()
  // In this order a crash leaves the announced key in both places, and never loses it.
  write(fileOf(dataFolder, 'current'), next)
  write(fileOf(dataFolder, 'next'), prepared)
}

/** Texts of both, for a backup: desks that know this key meet it again on another machine. */
export function readCertificateFiles(dataFolder: string): Readonly<Record<string, string>> {
  const files = (['current', 'next'] as const).map((which) => fileOf(dataFolder, which))
  return Object.fromEntries(
    files.filter((file) => fs.existsSync(file)).map((file) => [path.basename(file), fs.readFileSync(file, 'utf8')]),
  )
}

export const certificateFolderIn = (dataFolder: string) => path.join(dataFolder, 'tls')

const fileOf = (dataFolder: string, which: keyof OwnCertificates) =>
  path.join(certificateFolderIn(dataFolder), `${which}.pem`)

async function open(file: string): Promise<KeyAndCertificate> {
  if (!fs.existsSync(file)) write(file, await makeCertificate())
  const pem = fs.readFileSync(file, 'utf8')
  const certAt = pem.indexOf('-----BEGIN CERTIFICATE')
  return { key: pem.slice(0, certAt), cert: pem.slice(certAt) }
}

function write(file: string, { key, cert }: KeyAndCertificate): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeKeyFile(file, `${key.trim()}\n${cert.trim()}\n`)
}
