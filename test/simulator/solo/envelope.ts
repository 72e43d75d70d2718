import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/**
 * Solo's envelope (contract 4.1): Base64 of 8 bytes of salt, of 16 bytes of IV and of the ciphertext, one after the
 * other. AES-256-CBC; the key is SHA-256 over the secret and the raw salt. Used by links and by webhooks.
 */

const saltCharacters = 12
const ivCharacters = 24

/** @param secret text counts as its UTF-8 bytes. */
export function sealEnvelope(
  plaintext: string,
  secret: string | Buffer,
  randomBytes: (size: number) => Buffer,
): string {
  const salt = randomBytes(8)
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', keyFrom(secret, salt), iv)
  const encrypted = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  return [salt, iv, encrypted].map((part) => part.toString('base64')).join('')
}

/** @returns null when it is no envelope of this secret, or its content is not UTF-8. */
export function openEnvelope(envelope: string, secret: string | Buffer): string | null {
  const salt = base64Bytes(envelope.slice(0, saltCharacters))
  const iv = base64Bytes(envelope.slice(saltCharacters, saltCharacters + ivCharacters))
  const encrypted = base64Bytes(envelope.slice(saltCharacters + ivCharacters))
  if (salt?.length !== 8 || iv?.length !== 16 || encrypted === null) return null
  try {
    const decipher = createDecipheriv('aes-256-cbc', keyFrom(secret, salt), iv)
    const plain = Buffer.concat([decipher.update(encrypted), decipher.final()])
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    return null
  }
}

function keyFrom(secret: string | Buffer, salt: Buffer): Buffer {
  return createHash('sha256').update(secret).update(salt).digest()
}

/** Node skips what is not Base64; a plus sign that became a space on the way must not go unnoticed. */
function base64Bytes(text: string): Buffer | null {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64') : null
}
