import { readFile } from 'node:fs/promises'
import { createCredentialsDirectoryVault } from './credentials-directory.ts'
import { createKeychainClient } from './keychain-client.ts'
import { createKeychainVault } from './keychain.ts'
import type { Vault } from './vault.ts'

/**
 * The vault of a host that is plain Node: the credentials directory where systemd gave one, with the keychain behind
 * it, else the keychain alone (interfaces.md 8). Opens nothing by itself: the first `get` finds out whether it works.
 * @param environment holds `CREDENTIALS_DIRECTORY` and what leads to the session's keychain
 */
export function openVault(environment: NodeJS.ProcessEnv, timeLimitMs?: number): Vault {
  const keychain = createKeychainVault({
    library: createKeychainClient({ environment }),
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  })
  const folder = environment['CREDENTIALS_DIRECTORY']
  if (folder === undefined || folder === '') return keychain
  return createCredentialsDirectoryVault({ folder, files: { readFile: (path) => readFile(path) }, keychain })
}
