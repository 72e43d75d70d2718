import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeKey, loadOrCreateKey, type KeySource } from '../../../electron/vault/keys.ts'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import type { Vault } from '../../../electron/vault/vault.ts'

const name = 'seal:profile-1'

/** Keys that can be told apart; waiting takes a turn of the event loop. */
function source(fill: number): KeySource {
  return {
    random: (sizeBytes) => new Uint8Array(sizeBytes).fill(fill),
    wait: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

describe('loadOrCreateKey', () => {
  it('creates 32 bytes as base64, and gives the same ever after', async () => {
    const vault = createMemoryVault()
    const first = await loadOrCreateKey(vault, name)
    expect(first.length).toBe(32)
    expect(await vault.get(name)).toBe(Buffer.from(first).toString('base64'))
    expect(await loadOrCreateKey(vault, name)).toEqual(first)
  })

  it('leaves an entry alone that is no key, and says so without its value', async () => {
    for (const bad of [
      'c2hvcnQ=',
      'not base64 at all',
      'A'.repeat(44),
      `${Buffer.alloc(32).toString('base64')}\n`,
    ]) {
      const vault = createMemoryVault([[name, bad]])
      await expect(loadOrCreateKey(vault, name)).rejects.toMatchObject({
        name: 'VaultError',
        reason: 'corrupt',
      })
      await expect(loadOrCreateKey(vault, name)).rejects.not.toThrow(bad)
      expect(await vault.get(name)).toBe(bad)
    }
  })

  it('uses no key that the keychain does not give back', async () => {
    const forgetful: Vault = { ...createMemoryVault(), set: () => Promise.resolve() }
    await expect(loadOrCreateKey(forgetful, name, source(1))).rejects.toMatchObject({ reason: 'corrupt' })
  })

  it('settles a key that an earlier start left unsettled', async () => {
    const key = Buffer.alloc(32, 9)
    const vault = createMemoryVault([[name, `new:${key.toString('base64')}`]])
    expect(await loadOrCreateKey(vault, name, source(1))).toEqual(new Uint8Array(key))
    expect(await vault.get(name)).toBe(key.toString('base64'))
  })

  it('makes no key when the keychain cannot be asked', async () => {
    const written: string[] = []
    const shut: Vault = {
      kind: 'os',
      get: () => Promise.reject(new Error('locked')),
      set: (_, value) => {
        written.push(value)
        return Promise.resolve()
      },
      delete: () => Promise.resolve(false),
    }
    await expect(loadOrCreateKey(shut, name, source(1))).rejects.toThrow('locked')
    expect(written).toEqual([])
  })

  it('ends with one key for all who create it at once, in whatever order their calls fall', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, count) => {
        const shared = createMemoryVault()
        const starters = Array.from({ length: count }, (_, index) => {
          // Each process reaches the keychain on its own, in an order that the scheduler chooses.
          const own: Vault = {
            kind: 'os',
            get: (entry) =>
              scheduler.schedule(Promise.resolve(), `get ${index}`).then(() => shared.get(entry)),
            set: (entry, value) =>
              scheduler.schedule(Promise.resolve(), `set ${index}`).then(() => shared.set(entry, value)),
            delete: (entry) => shared.delete(entry),
          }
          return { own, index }
        })
        let writing = count
        // The wait outlasts every write that began before it: that is what its length is for.
        const settled = Promise.withResolvers<null>()
        const keys = starters.map(({ own, index }) => {
          let waited = false
          const arrived = (): void => {
            writing -= 1
            if (writing === 0) settled.resolve(null)
          }
          return loadOrCreateKey(own, name, {
            random: source(index + 1).random,
            wait: () => {
              if (!waited) arrived()
              waited = true
              return settled.promise
            },
          }).finally(() => {
            if (!waited) arrived()
          })
        })
        const all = scheduler.waitFor(Promise.all(keys))
        const stored = await all
        expect(new Set(stored.map((key) => Buffer.from(key).toString('base64'))).size).toBe(1)
        expect(await shared.get(name)).toBe(Buffer.from(stored[0] ?? []).toString('base64'))
      }),
    )
  })
})

describe('decodeKey', () => {
  it('takes base64 of 32 bytes and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        expect(decodeKey(name, Buffer.from(bytes).toString('base64'))).toEqual(bytes)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        fc.pre(bytes.length !== 32)
        expect(() => decodeKey(name, Buffer.from(bytes).toString('base64'))).toThrow('not 32 bytes')
      }),
    )
  })
})
