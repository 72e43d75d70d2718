import { describe, expect, it } from 'vitest'
import { createMemoryVault } from '../../../electron/vault/memory.ts'
import { createSessionVault } from '../../../electron/vault/session-vault.ts'
import { VaultError, type Vault } from '../../../electron/vault/vault.ts'

describe('a vault for one session', () => {
  it('keeps credentials from the keychain, and the profile’s keys in it', async () => {
    const keychain = createMemoryVault([['qubs:other', 'kept before']])
    const vault = createSessionVault(keychain, true)
    await vault.set('qubs:acme', 'typed')
    await vault.set('seal:p', 'key')
    expect(await vault.get('qubs:acme')).toBe('typed')
    expect(await keychain.get('qubs:acme')).toBeNull()
    expect(await keychain.get('seal:p')).toBe('key')
    expect(await vault.get('qubs:other')).toBe('kept before')
    expect(await createSessionVault(keychain, true).get('qubs:acme')).toBeNull()
  })

  it('needs no keychain where none answers', async () => {
    const fail = () => Promise.reject(new VaultError('unavailable', 'No keychain.'))
    const broken: Vault = { kind: 'os', get: fail, set: fail, delete: fail }
    const vault = createSessionVault(broken, false)
    await vault.set('seal:p', 'key')
    expect(await vault.get('seal:p')).toBe('key')
    expect(await vault.get('audit:p')).toBeNull()
    expect(await vault.get('qubs:acme')).toBeNull()
    expect(await vault.delete('seal:p')).toBe(true)
  })

  it('does not take a locked keychain for a lost key', async () => {
    const fail = () => Promise.reject(new VaultError('denied', 'Locked.'))
    const vault = createSessionVault({ kind: 'os', get: fail, set: fail, delete: fail }, true)
    await expect(vault.get('seal:p')).rejects.toThrow('Locked.')
  })
})
