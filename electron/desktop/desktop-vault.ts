import { readFile } from 'node:fs/promises'
import { createCredentialsDirectoryVault } from '../vault/credentials-directory.ts'
import { createKeychainVault, loadKeychainLibrary, type KeychainLibrary } from '../vault/keychain.ts'
import { createMemoryVault } from '../vault/memory.ts'
import type { Vault } from '../vault/vault.ts'

/** A person may be typing the password of a keyring that has just been opened. */
const TIME_LIMIT_MS = 3 * 60_000

/**
 * The vault of the desktop: the account's keychain; in front of it the folder of `$CREDENTIALS_DIRECTORY` where there
 * is one (interfaces.md 8). `RADPOST_VAULT=memory` puts memory in the keychain's place for demo and tests, and is refused
 * in a packaged app (design.md 6).
 */
export function openDesktopVault(environment: NodeJS.ProcessEnv, isPackaged: boolean): Vault {
  const inMemory = environment['RADPOST_VAULT'] === 'memory' && !isPackaged
  const keychain = inMemory
    ? createMemoryVault()
    : createKeychainVault({ library: loadedWhenNeeded(), timeLimitMs: TIME_LIMIT_MS })
  const folder = environment['CREDENTIALS_DIRECTORY']
  if (folder === undefined || folder === '') return keychain
  return createCredentialsDirectoryVault({ folder, files: { readFile: (path) => readFile(path) }, keychain })
}

/** The native library in this process, which has a desktop session and a screen for its prompts. */
function loadedWhenNeeded(): KeychainLibrary {
  let loading: Promise<KeychainLibrary> | null = null
  const library = (): Promise<KeychainLibrary> => (loading ??= loadKeychainLibrary())
  return {
    getPassword: async (account) => (await library()).getPassword(account),
    setPassword: async (account, value) => (await library()).setPassword(account, value),
    deletePassword: async (account) => (await library()).deletePassword(account),
    abandon: () => undefined,
  }
}
