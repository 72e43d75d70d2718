import { join } from 'node:path'
import { KEY_BYTES } from './seal.ts'
import { assertKeepable, createSequencer, VaultError, type SecretName, type Vault } from './vault.ts'

/** The one call of the file system that is needed; `node:fs/promises` has it. */
export interface CredentialFiles {
  readFile(path: string): Promise<Uint8Array>
}

export type CredentialsDirectoryOptions = {
  /** `$CREDENTIALS_DIRECTORY`, set by systemd for a unit with LoadCredential=, SetCredential= or their kin. */
  readonly folder: string
  readonly files: CredentialFiles
  /** Asked for what the folder does not have. */
  readonly keychain: Vault
}

/**
 * The file names under which a secret is looked for, in this order. systemd takes no ':' in the name of a credential,
 * so the second one has a '.' there: `qubs:acme` may come as `qubs.acme`.
 */
export function credentialFileNames(name: SecretName): readonly string[] {
  return [name, name.replaceAll(':', '.')]
}

/**
 * A key as administrators hand it over: 32 raw bytes, 64 hex digits, or base64 of 32 bytes; the last two may end in a
 * newline. Returned as base64 text, the form in which every vault gives keys.
 * @throws {VaultError} reason `corrupt`
 */
export function readKeyFile(fileName: string, bytes: Uint8Array): string {
  if (bytes.length === KEY_BYTES) return Buffer.from(bytes).toString('base64')
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/\r?\n$/u, '')
  if (/^[0-9a-f]{64}$/iu.test(text)) return Buffer.from(text, 'hex').toString('base64')
  // 32 bytes are 43 characters of base64 and one '='.
  const decoded = Buffer.from(text, 'base64')
  if (/^[A-Za-z0-9+/]{43}=?$/u.test(text) && decoded.length === KEY_BYTES) return decoded.toString('base64')
  throw new VaultError(
    'corrupt',
    `The credential "${fileName}" is not a key: it must be ${KEY_BYTES} bytes as they are, as 64 hex digits, or in base64 (for example from "openssl rand -base64 32").`,
  )
}

function readTextFile(fileName: string, bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/u, '')
  } catch {
    throw new VaultError('corrupt', `The credential "${fileName}" is not text in UTF-8: write it again.`)
  }
  if (text === '') throw new VaultError('corrupt', `The credential "${fileName}" is empty: write it again.`)
  return text
}

function isKeyName(name: SecretName): boolean {
  return name.startsWith('seal:') || name.startsWith('audit:')
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENAMETOOLONG')
  )
}

/** The keychain's answer; where it has none, what to put into the unit. */
async function orProvide<T>(name: SecretName, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof VaultError) || error.reason === 'corrupt') throw error
    const fileName = name.replaceAll(':', '.')
    throw new VaultError(
      error.reason,
      `The credentials directory has no "${fileName}", and no keychain answers for it. Provide it to the service: LoadCredential=${fileName}:<file>${isKeyName(name) ? ` with ${KEY_BYTES} random bytes in base64` : ''}.`,
    )
  }
}

function readOnly(name: SecretName): VaultError {
  const fileName = name.replaceAll(':', '.')
  return new VaultError(
    'read-only',
    `"${name}" comes from the service's credentials directory, which cannot be written: change what LoadCredential=${fileName} loads and restart the service.`,
  )
}

/**
 * A service's secrets from systemd (interfaces.md 8). What the folder has, wins; anything else is asked of the
 * keychain, and where none answers the error names the credential to provide. The folder itself is read-only. The
 * audit head changes with every entry, so it is never taken from the folder.
 */
export function createCredentialsDirectoryVault(options: CredentialsDirectoryOptions): Vault {
  const { folder, files, keychain } = options
  const inOrder = createSequencer()

  async function fromFolder(name: SecretName): Promise<string | null> {
    // A domain comes from the settings: a name that leaves the folder is no credential.
    if (name.startsWith('audit-head:') || /[/\\\0]/u.test(name)) return null
    for (const fileName of credentialFileNames(name)) {
      let bytes: Uint8Array
      try {
        bytes = await files.readFile(join(folder, fileName))
      } catch (error) {
        if (isMissing(error)) continue
        throw new VaultError(
          'denied',
          `The credential "${fileName}" is there but cannot be read: check the unit's user and its LoadCredential= line.`,
        )
      }
      return isKeyName(name) ? readKeyFile(fileName, bytes) : readTextFile(fileName, bytes)
    }
    return null
  }

  return {
    kind: 'credentials-directory',
    get: (name) =>
      inOrder(
        name,
        async () => (await fromFolder(name)) ?? (await orProvide(name, () => keychain.get(name))),
      ),
    set: (name, value) =>
      inOrder(name, async () => {
        assertKeepable(name, value)
        if ((await fromFolder(name)) !== null) throw readOnly(name)
        try {
          await keychain.set(name, value)
        } catch (error) {
          if (!(error instanceof VaultError) || error.reason === 'corrupt') throw error
          throw readOnly(name)
        }
      }),
    delete: (name) =>
      inOrder(name, async () => {
        if ((await fromFolder(name)) !== null) throw readOnly(name)
        return orProvide(name, () => keychain.delete(name))
      }),
  }
}
