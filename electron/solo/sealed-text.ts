import { isUtf8 } from 'node:buffer'
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/**
 * Solo's encryption of context-aware links and webhook bodies (contract 4): Base64(salt) + Base64(IV) +
 * Base64(AES-256-CBC of the text), key = SHA-256 of the secret followed by the salt's raw bytes. There is no
 * authentication code: whoever can change the text can change single bits of what it says.
 */

const ALGORITHM = 'aes-256-cbc'
export const SALT_BYTES = 8
export const IV_BYTES = 16
/** Characters of Base64 that so many bytes take. */
const SALT_CHARACTERS = 12
const IV_CHARACTERS = 24

/** A secret as text (its UTF-8 bytes) or as bytes. */
export type SealingSecret = string | Uint8Array

function keyOf(secret: SealingSecret, salt: Uint8Array): Buffer {
  return createHash('sha256').update(secret).update(salt).digest()
}

/** `salt` and `iv` must be random and used once; see linking.ts. */
export function sealText(
  text: string,
  secret: SealingSecret,
  { salt, iv }: { readonly salt: Uint8Array; readonly iv: Uint8Array },
): string {
  const cipher = createCipheriv(ALGORITHM, keyOf(secret, salt), iv)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [salt, iv, sealed].map((part) => Buffer.from(part).toString('base64')).join('')
}

/**
 * The text, or null where the form, the padding or the UTF-8 is wrong. A text is no proof of the right key: one wrong
 * key in about 256 leaves proper padding (contract 4.4).
 */
export function openText(sealed: string, secret: SealingSecret): string | null {
  const salt = bytesOf(sealed.slice(0, SALT_CHARACTERS))
  const iv = bytesOf(sealed.slice(SALT_CHARACTERS, SALT_CHARACTERS + IV_CHARACTERS))
  const content = bytesOf(sealed.slice(SALT_CHARACTERS + IV_CHARACTERS))
  if (salt?.length !== SALT_BYTES || iv?.length !== IV_BYTES) return null
  if (content === null || content.length === 0 || content.length % IV_BYTES !== 0) return null
  // The padding is looked at here: an error of the library for each wrong key would cost more than the decryption.
  const decipher = createDecipheriv(ALGORITHM, keyOf(secret, salt), iv).setAutoPadding(false)
  const text = withoutPadding(Buffer.concat([decipher.update(content), decipher.final()]))
  return text !== null && isUtf8(text) ? text.toString('utf8') : null
}

/** Without its PKCS#7 padding (RFC 5652 6.3); null where there is none. */
function withoutPadding(padded: Buffer): Buffer | null {
  const count = padded.at(-1) ?? 0
  if (count < 1 || count > IV_BYTES) return null
  const end = padded.length - count
  return padded.subarray(end).every((byte) => byte === count) ? padded.subarray(0, end) : null
}

/** Strict Base64: Node itself would skip what it does not know, and read what was never written. */
export function bytesOf(base64: string): Buffer | null {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return null
  return Buffer.from(base64, 'base64')
}
