import { readFile } from 'node:fs/promises'
import { openFoundationToRead } from '../../../electron/station/foundation.ts'
import { openProfile } from '../../../electron/station/profile.ts'
import { createCredentialsDirectoryVault } from '../../../electron/vault/credentials-directory.ts'
import { VaultError, type Vault } from '../../../electron/vault/vault.ts'
import type { Workbench } from './workbench.ts'

/** A service has no keychain of its own. */
const noKeychain: Vault = {
  kind: 'os',
  get: () => Promise.reject(new VaultError('unavailable', 'There is no keychain.')),
  set: () => Promise.reject(new VaultError('unavailable', 'There is no keychain.')),
  delete: () => Promise.reject(new VaultError('unavailable', 'There is no keychain.')),
}

/** What `audit --verify` finds in a profile folder, without a process of its own: for many looks in a short time. */
export async function faultOf({ profile, credentials }: Workbench): Promise<string | null> {
  const vault = createCredentialsDirectoryVault({
    folder: credentials,
    files: { readFile: (path) => readFile(path) },
    keychain: noKeychain,
  })
  try {
    const foundation = await openFoundationToRead(openProfile(profile), vault, Date.now)
    try {
      return await foundation.fault()
    } finally {
      await foundation.close()
    }
  } catch (error) {
    return `It cannot be read: ${error instanceof Error ? error.name : 'unknown'}`
  }
}
