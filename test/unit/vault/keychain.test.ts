import { describe, expect, it } from 'vitest'
import {
  createKeychainVault,
  explainKeychainFailure,
  LibraryBroken,
  type KeychainLibrary,
} from '../../../electron/vault/keychain.ts'

function library(parts: Partial<KeychainLibrary>): KeychainLibrary {
  return {
    getPassword: () => Promise.resolve(null),
    setPassword: () => Promise.resolve(),
    deletePassword: () => Promise.resolve(false),
    abandon: () => {},
    ...parts,
  }
}

describe('a keychain vault', () => {
  it('gives up on a call that never answers', async () => {
    let abandoned = 0
    const silent = library({
      getPassword: () => new Promise(() => {}),
      abandon: () => {
        abandoned += 1
      },
    })
    const vault = createKeychainVault({ library: silent, timeLimitMs: 1, platform: 'darwin' })
    await expect(vault.get('solo:apiKey')).rejects.toMatchObject({
      name: 'VaultError',
      reason: 'denied',
      message: expect.stringContaining('did not answer within 0.001 seconds'),
    })
    expect(abandoned).toBe(1)
  })

  it('does not believe "nothing there" on Linux before it has written something', async () => {
    const locked = library({
      setPassword: () => Promise.reject(new Error('Cannot create an item in a locked collection')),
    })
    const vault = createKeychainVault({ library: locked, platform: 'linux' })
    await expect(vault.get('seal:p')).rejects.toMatchObject({ reason: 'denied' })
    await expect(vault.delete('seal:p')).rejects.toMatchObject({ reason: 'denied' })
  })

  it('looks again once the probe made a person unlock the keyring', async () => {
    let open = false
    const prompting = library({
      getPassword: (account) => Promise.resolve(open && account === 'seal:p' ? 'the key' : null),
      setPassword: () => {
        open = true
        return Promise.resolve()
      },
    })
    expect(await createKeychainVault({ library: prompting, platform: 'linux' }).get('seal:p')).toBe('the key')
  })

  it('takes the word of the other systems and writes nothing to read', async () => {
    const writes: string[] = []
    const plain = library({
      setPassword: (account) => {
        writes.push(account)
        return Promise.resolve()
      },
    })
    for (const platform of ['win32', 'darwin'] as const) {
      expect(await createKeychainVault({ library: plain, platform }).get('seal:p')).toBeNull()
    }
    expect(writes).toEqual([])
  })

  it('does not hand a secret to the library that no keychain would keep', async () => {
    const vault = createKeychainVault({
      library: library({ setPassword: () => Promise.reject(new Error('was asked')) }),
      platform: 'win32',
    })
    await expect(vault.set('qubs:acme', 'x'.repeat(2_501))).rejects.toThrow('2501 bytes long')
  })
})

describe('explainKeychainFailure', () => {
  it.each([
    ['Cannot create an item in a locked collection', 'linux', 'denied', 'Unlock the login keyring'],
    [
      'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
      'linux',
      'denied',
      'Unlock',
    ],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'linux', 'unavailable', 'D-Bus session'],
    [
      'The name org.freedesktop.secrets was not provided by any .service files',
      'linux',
      'unavailable',
      'keyring',
    ],
    ['Could not connect: No such file or directory', 'linux', 'unavailable', 'Secret Service'],
    ['User interaction is not allowed.', 'darwin', 'denied', 'login keychain'],
    ['A specified logon session does not exist.', 'win32', 'unavailable', 'account'],
  ] as const)('%s on %s is %s', (said, platform, reason, toDo) => {
    const error = explainKeychainFailure(new Error(said), platform)
    expect(error.reason).toBe(reason)
    expect(error.message).toContain(toDo)
  })

  it('names the missing library on Linux', () => {
    const error = explainKeychainFailure(new LibraryBroken('x'), 'linux')
    expect(error).toMatchObject({ reason: 'unavailable', message: expect.stringContaining('libsecret-1-0') })
  })

  it('never repeats what the keychain said', () => {
    const error = explainKeychainFailure(new Error('secret-value-42'), 'linux')
    expect(error.message).not.toContain('secret-value-42')
  })
})
