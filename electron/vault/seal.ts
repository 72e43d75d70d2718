import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Sealing of everything Radpost stores of a patient (interfaces.md 8): AES-256-GCM (NIST SP 800-38D).
 *
 * Layout of a sealed value: version (1 byte, 0x01), nonce (12 bytes, random), ciphertext, tag (16 bytes). The
 * version and the caller's context are authenticated too, so that a sealed value moved to another row, or an old
 * layout passed off as a new one, does not open.
 *
 * The key of the vault is never used itself: each purpose has its own subkey by HKDF-SHA-256 (RFC 5869), so that a
 * hash can tell nothing about the encryption and hashes of different purposes cannot be compared with each other.
 * Random nonces are safe for 2^32 seals under one key (SP 800-38D 8.3), which no station reaches.
 */

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Length of every key Radpost makes, in bytes. */
export const KEY_BYTES = 32
/** How much longer than its content a sealed value is, in bytes. */
export const SEAL_OVERHEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/** A sealed value that does not open: changed, cut, for another context, or made with another key. Says no more. */
export class SealBroken extends Error {
  constructor() {
    super('A sealed value does not open: it was changed, or it was sealed with another key.')
    this.name = 'SealBroken'
  }
}

export interface Seal {
  /** Encrypts `plain`; only {@link open} with the same context gives it back. Adds {@link SEAL_OVERHEAD_BYTES}. */
  seal(plain: Uint8Array, context: string): Uint8Array
  /** @throws {SealBroken} */
  open(sealed: Uint8Array, context: string): Uint8Array
  /**
   * HMAC-SHA-256 as 64 hex digits: the same value gives the same hash for one purpose and key only. A string counts
   * as its UTF-8 bytes.
   */
  keyedHash(purpose: string, value: string | Uint8Array): string
}

function subkey(key: Uint8Array, info: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), info, KEY_BYTES))
}

function associatedData(context: string): Uint8Array {
  return Buffer.concat([Uint8Array.of(VERSION), Buffer.from(context, 'utf8')])
}

/**
 * @param key exactly {@link KEY_BYTES} random bytes
 * @param random source of nonces; only a test with a known answer gives another than the system's
 * @throws {RangeError} where the key has another length
 */
export function createSeal(key: Uint8Array, random: (sizeBytes: number) => Uint8Array = randomBytes): Seal {
  if (key.length !== KEY_BYTES) throw new RangeError(`A seal key has ${KEY_BYTES} bytes.`)
  // Own copy: the caller may wipe its own.
  const root = Uint8Array.from(key)
  const encryptionKey = subkey(root, 'radpost/seal/v1')
  const hashKeys = new Map<string, Uint8Array>()

  function hashKey(purpose: string): Uint8Array {
    let known = hashKeys.get(purpose)
    if (known === undefined) {
      known = subkey(root, `radpost/hash/v1/${purpose}`)
      hashKeys.set(purpose, known)
    }
    return known
  }

  return {
    seal(plain, context) {
      const nonce = random(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(associatedData(context))
      const body = cipher.update(plain)
      const rest = cipher.final()
      return new Uint8Array(Buffer.concat([Uint8Array.of(VERSION), nonce, body, rest, cipher.getAuthTag()]))
    },
    open(sealed, context) {
      if (sealed.length < SEAL_OVERHEAD_BYTES || sealed[0] !== VERSION) throw new SealBroken()
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
      const body = sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES)
      const tag = sealed.subarray(sealed.length - TAG_BYTES)
      try {
        const decipher = createDecipheriv('aes-256-gcm', encryptionKey, nonce, { authTagLength: TAG_BYTES })
        decipher.setAAD(associatedData(context))
        decipher.setAuthTag(tag)
        return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]))
      } catch {
        throw new SealBroken()
      }
    },
    keyedHash: (purpose, value) => createHmac('sha256', hashKey(purpose)).update(value).digest('hex'),
  }
}
