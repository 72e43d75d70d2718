import { createMemoryVault } from './memory.ts'
import { VaultError, type SecretName, type Vault } from './vault.ts'

/**
 * A vault for one session: what is written to it is forgotten when the program ends (interfaces.md 8). Credentials
 * that lie in the keychain can still be read. The profile's own keys stay in the keychain where it answers, so that
 * the journal outlives the session; where it does not, they are of this session too.
 */
export function createSessionVault(keychain: Vault, keysInKeychain: boolean): Vault {
  const memory = createMemoryVault()
  const toKeychain = (name: SecretName): boolean => keysInKeychain && isKey(name)

  return {
    kind: 'memory',
    async get(name) {
      if (toKeychain(name)) return keychain.get(name)
      const own = await memory.get(name)
      if (own !== null || isKey(name)) return own
      try {
        return await keychain.get(name)
      } catch (error) {
        if (error instanceof VaultError) return null
        throw error
      }
    },
    set: (name, value) => (toKeychain(name) ? keychain : memory).set(name, value),
    delete: (name) => (toKeychain(name) ? keychain : memory).delete(name),
  }
}

/** The profile's own keys and the head of its audit, not a credential of a server. */
function isKey(name: SecretName): boolean {
  return /^(seal|audit|audit-head):/u.test(name)
}
