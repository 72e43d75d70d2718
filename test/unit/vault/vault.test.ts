import { describe, expect, it } from 'vitest'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import { createSequencer, MAX_SECRET_BYTES } from '../../../electron/vault/vault.ts'

describe('createSequencer', () => {
  it('runs the tasks of one name in order, also past one that fails', async () => {
    const inOrder = createSequencer()
    const seen: string[] = []
    const gate = Promise.withResolvers<null>()
    const first = inOrder('solo:apiKey', async () => {
      await gate.promise
      seen.push('first')
      throw new Error('first failed')
    })
    const second = inOrder('solo:apiKey', () => Promise.resolve(seen.push('second')))
    const other = inOrder('qualiphy:apiKey', () => Promise.resolve(seen.push('other')))
    await other
    expect(seen).toEqual(['other'])
    gate.resolve(null)
    await expect(first).rejects.toThrow('first failed')
    await second
    expect(seen).toEqual(['other', 'first', 'second'])
  })
})

describe('what a vault keeps', () => {
  it('takes up to 2,500 bytes of UTF-8 and no more', async () => {
    const vault = createMemoryVault()
    await vault.set('solo:apiKey', 'é'.repeat(MAX_SECRET_BYTES / 2))
    const long = `${'é'.repeat(MAX_SECRET_BYTES / 2)}x`
    await expect(vault.set('solo:apiKey', long)).rejects.toMatchObject({
      reason: 'denied',
      message:
        'The secret "solo:apiKey" is 2501 bytes long, a keychain entry takes at most 2500: nothing was stored. Check that only the secret itself was pasted.',
    })
    expect(await vault.get('solo:apiKey')).toBe('é'.repeat(MAX_SECRET_BYTES / 2))
  })

  it('refuses an empty secret, NUL and half characters', async () => {
    const vault = createMemoryVault()
    for (const bad of ['', 'a\0b', 'a\uD800']) {
      await expect(vault.set('solo:apiKey', bad)).rejects.toMatchObject({ reason: 'denied' })
    }
    expect(await vault.get('solo:apiKey')).toBeNull()
  })

  it('deletes once', async () => {
    const vault = createMemoryVault([['qubs:acme', '{}']])
    expect(await vault.delete('qubs:acme')).toBe(true)
    expect(await vault.delete('qubs:acme')).toBe(false)
  })
})
