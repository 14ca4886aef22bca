/**
 * Every request of a desk is signed: RFC 9421 HTTP Message Signatures, Ed25519, key id = desk id, over
 * `@method`, `@path`, `content-digest` (RFC 9530, sha-256 of the encoded body; present also when the body is empty),
 * with `created` and a random `nonce`.
 */
export const signedFields = ['@method', '@path', 'content-digest'] as const
export const signatureLabel = 'desk'
/** How far a desk's corrected clock may be off, either way. */
export const clockWindowSeconds = 300
