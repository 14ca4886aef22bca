import { webcrypto } from 'node:crypto'

/** What a TLS server needs, PEM. */
export interface KeyAndCertificate {
  readonly key: string
  readonly cert: string
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/**
 * A key and a certificate signed with it. Desks know it by its key alone, so it names no host and never ends
 * (RFC 5280: 99991231235959Z).
 */
export async function makeCertificate(): Promise<KeyAndCertificate> {
  // Only the few times a certificate is made: the library changes a global object while it loads.
  await import('reflect-metadata')
  const { PemConverter, X509CertificateGenerator } = await import('@peculiar/x509')
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Mot Cua district',
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('9999-12-31T23:59:59Z'),
    signingAlgorithm: algorithm,
    keys,
  })
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { key: PemConverter.encode(pkcs8, 'PRIVATE KEY'), cert: certificate.toString('pem') }
}
