import { webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeal, SEAL_OVERHEAD_BYTES, SealBroken } from '../../../electron/vault/seal.ts'

const key = Uint8Array.from({ length: 32 }, (_, index) => index)
const nonce = Uint8Array.from({ length: 12 }, (_, index) => 0xa0 + index)
const bytes = fc.uint8Array({ maxLength: 300 })
const context = fc.string({ unit: 'binary', maxLength: 40 })

function hex(value: Uint8Array): string {
  return Buffer.from(value).toString('hex')
}

describe('seal', () => {
  // Made with Python's "cryptography": HKDF(SHA256, salt none, info "radpost/seal/v1"), AESGCM, AAD 0x01 + context.
  it('has the layout and the keys of its description', () => {
    const sealed = createSeal(key, () => nonce).seal(Buffer.from('Impression: normal.'), 'spool/42')
    expect(hex(sealed)).toBe(
      '01a0a1a2a3a4a5a6a7a8a9aaabf6971e97593c18bbfb1ca00171220b6ff4ceed12f744837f2ad0ba0decca9602349d44',
    )
    expect(Buffer.from(createSeal(key).open(sealed, 'spool/42')).toString()).toBe('Impression: normal.')
  })

  it('opens with another implementation of AES-GCM and HKDF', async () => {
    const sealed = createSeal(key).seal(Buffer.from('text'), 'c')
    const root = await webcrypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveKey'])
    const subkey = await webcrypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: Buffer.from('radpost/seal/v1') },
      root,
      { name: 'AES-GCM', length: 256 },
      false,
      ['decrypt'],
    )
    const plain = await webcrypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.slice(1, 13), additionalData: Buffer.from('\u0001c') },
      subkey,
      sealed.slice(13),
    )
    expect(Buffer.from(plain).toString()).toBe('text')
  })

  it('gives back exactly what was sealed, with a new nonce each time', () => {
    const seal = createSeal(key)
    fc.assert(
      fc.property(bytes, context, (plain, where) => {
        const once = seal.seal(plain, where)
        expect(once.length).toBe(plain.length + SEAL_OVERHEAD_BYTES)
        expect(hex(seal.open(once, where))).toBe(hex(plain))
        expect(hex(seal.seal(plain, where))).not.toBe(hex(once))
      }),
    )
  })

  it('does not open when any byte is changed or the end is cut', () => {
    const seal = createSeal(key)
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, at, change) => {
        const sealed = seal.seal(plain, 'context')
        const index = at % sealed.length
        const flipped = Uint8Array.from(sealed, (byte, position) =>
          position === index ? byte ^ change : byte,
        )
        expect(() => seal.open(flipped, 'context')).toThrow(SealBroken)
        expect(() => seal.open(sealed.subarray(0, index), 'context')).toThrow(SealBroken)
      }),
    )
  })

  it('does not open for another context or with another key', () => {
    fc.assert(
      fc.property(context, context, (first, second) => {
        fc.pre(first !== second)
        const sealed = createSeal(key).seal(Buffer.from('x'), first)
        expect(() => createSeal(key).open(sealed, second)).toThrow(SealBroken)
        expect(() => createSeal(new Uint8Array(32)).open(sealed, first)).toThrow(SealBroken)
      }),
    )
  })

  it('says nothing about content or context when it is broken', () => {
    const sealed = createSeal(key).seal(Buffer.from('Jane Doe'), 'patient Jane Doe')
    expect(() => createSeal(key).open(sealed, 'other')).toThrow(/^A sealed value does not open: [^J]*$/u)
  })

  it('takes keys of 32 bytes only', () => {
    expect(() => createSeal(new Uint8Array(31))).toThrow(RangeError)
    expect(() => createSeal(new Uint8Array(33))).toThrow(RangeError)
  })

  it('keeps its own copy of the key', () => {
    const own = Uint8Array.from(key)
    const seal = createSeal(own)
    own.fill(0)
    expect(seal.keyedHash('patient', 'P1')).toBe(createSeal(key).keyedHash('patient', 'P1'))
  })
})

describe('keyedHash', () => {
  // HMAC-SHA-256 under HKDF(SHA256, salt none, info "radpost/hash/v1/patient"), made with Python.
  it('is the described HMAC', () => {
    expect(createSeal(key).keyedHash('patient', 'P1')).toBe(
      'ad83c41bbbb54029004a7289a02008ac40a84e75de8f73e6b2a69ae50728c70c',
    )
  })

  it('depends on value, purpose and key, and takes text as UTF-8', () => {
    const seal = createSeal(key)
    expect(seal.keyedHash('a', 'é')).toBe(seal.keyedHash('a', Buffer.from('é')))
    expect(seal.keyedHash('a', 'v')).not.toBe(seal.keyedHash('b', 'v'))
    expect(seal.keyedHash('a', 'v')).not.toBe(seal.keyedHash('a', 'w'))
    expect(seal.keyedHash('a', 'v')).not.toBe(createSeal(new Uint8Array(32)).keyedHash('a', 'v'))
  })
})
