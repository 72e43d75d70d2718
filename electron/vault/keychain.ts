import { assertKeepable, createSequencer, VaultError, type SecretName, type Vault } from './vault.ts'

/**
 * The account's own keychain: Credential Manager, the login keychain, or the Secret Service (GNOME Keyring, KWallet,
 * KeePassXC) through libsecret. The only file that loads the native library.
 *
 * What the library really does on Linux (seen with gnome-keyring 42 and libsecret 0.20, kept true by the
 * integration tests):
 * - libsecret missing: loading fails, and the library hides why.
 * - no session bus, or no Secret Service on it: every call fails with a message.
 * - keyring locked and no one to ask: reading an entry that IS there gives null and deleting it gives false, as if it
 *   had never been there. Only writing fails. So "nothing there" is believed only after a probe entry was written.
 * - a prompt that nobody answers: the call never returns, and the process cannot even exit, because Node waits for
 *   the thread. So calls are made from a process that can be killed (keychain-client.ts).
 * - listing the entries of a locked keyring crashes the process: it is never called.
 */

/** The service of every entry, never to change (interfaces.md 8). */
export const KEYCHAIN_SERVICE = 'radpost'

/**
 * Entry written and deleted again to find out whether the keychain is open. Holds nothing. Each process has its own:
 * seen with a shared one, a deletion fails when another process deletes the same entry at that moment.
 */
const PROBE_ACCOUNT = `probe:${process.pid}`

/** How long a keychain may think about one call, in milliseconds. */
export const DEFAULT_TIME_LIMIT_MS = 15_000

/** The three calls of the native library that Radpost uses, all on service {@link KEYCHAIN_SERVICE}. */
export interface KeychainLibrary {
  getPassword(account: string): Promise<string | null>
  setPassword(account: string, value: string): Promise<void>
  deletePassword(account: string): Promise<boolean>
  /** Gives up on every call that has not answered, as far as the library can be made to. */
  abandon(): void
}

/** The library could not be loaded, or its process ended: nothing was asked of any keychain. */
export class LibraryBroken extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LibraryBroken'
  }
}

/**
 * Loads the native library into this process. A hosted process that must stay able to end uses the library through
 * keychain-client.ts instead.
 * @throws {LibraryBroken}
 */
export async function loadKeychainLibrary(): Promise<KeychainLibrary> {
  try {
    const { default: keytar } = await import('keytar')
    return {
      getPassword: (account) => keytar.getPassword(KEYCHAIN_SERVICE, account),
      setPassword: (account, value) => keytar.setPassword(KEYCHAIN_SERVICE, account, value),
      deletePassword: (account) => keytar.deletePassword(KEYCHAIN_SERVICE, account),
      abandon: () => {},
    }
  } catch {
    // The library's own message lists paths and never the reason.
    throw new LibraryBroken('the keychain library does not load')
  }
}

const whatToDo: { readonly [platform: string]: string } = {
  linux:
    'Start Radpost inside a desktop session with a Secret Service (GNOME Keyring, KWallet or KeePassXC), or run it as a systemd service with LoadCredential.',
  darwin: 'Log in to the desktop of this account once, so that its login keychain opens.',
  win32:
    'Run Radpost in a session of an account with a loaded profile (as a scheduled task: "run with highest privileges" is not needed, a stored password is).',
}

const howToOpen: { readonly [platform: string]: string } = {
  linux: 'Unlock the login keyring (log in to the desktop, or open "Passwords and Keys") and start again.',
  darwin: 'Open Keychain Access, unlock the login keychain, allow Radpost, and start again.',
  win32: 'Log in to this account with its password and start again.',
}

const otherwise = 'See that the keychain of this account works, and start again.'

/** Words of a keychain that is there but says no; everything else counts as "does not answer". */
const refusal =
  /locked|dismissed|cancell?ed|does not exist at path|interaction is not allowed|passphrase|not correct|access (is )?denied/iu

/** One sentence for what a keychain call failed with; the library's own words are only sorted, never repeated. */
export function explainKeychainFailure(error: unknown, platform: NodeJS.Platform): VaultError {
  if (error instanceof LibraryBroken) {
    return new VaultError(
      'unavailable',
      platform === 'linux'
        ? 'The keychain library does not load: most often the package libsecret-1-0 (libsecret) is missing. Install it and start again, or run Radpost as a systemd service with LoadCredential.'
        : 'The keychain library does not load on this machine. Install Radpost again.',
    )
  }
  const said = error instanceof Error ? error.message : ''
  if (refusal.test(said)) {
    return new VaultError(
      'denied',
      `The keychain of this account is locked or refused access. ${howToOpen[platform] ?? otherwise}`,
    )
  }
  return new VaultError(
    'unavailable',
    `${platform === 'linux' ? 'No Secret Service answers: there is no D-Bus session here, or no keyring runs in it.' : 'The keychain of this account does not answer.'} ${whatToDo[platform] ?? otherwise}`,
  )
}

export type KeychainOptions = {
  readonly library: KeychainLibrary
  /** Per call of the library. Where a person may be typing a keyring's password, give minutes. */
  readonly timeLimitMs?: number
  readonly platform?: NodeJS.Platform
}

/** The keychain as a vault: one entry a secret, account = name (interfaces.md 8). */
export function createKeychainVault(options: KeychainOptions): Vault {
  const { library, timeLimitMs = DEFAULT_TIME_LIMIT_MS, platform = process.platform } = options
  const inOrder = createSequencer()

  async function ask<T>(call: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        library.abandon()
        reject(
          new VaultError(
            'denied',
            `The keychain did not answer within ${timeLimitMs / 1000} seconds; it is probably locked and waits for its password on a screen that nobody sees. ${howToOpen[platform] ?? otherwise}`,
          ),
        )
      }, timeLimitMs)
    })
    try {
      return await Promise.race([call(), silence])
    } catch (error) {
      throw error instanceof VaultError ? error : explainKeychainFailure(error, platform)
    } finally {
      clearTimeout(timer)
    }
  }

  async function probe(): Promise<void> {
    await ask(() => library.setPassword(PROBE_ACCOUNT, 'probe'))
    await ask(() => library.deletePassword(PROBE_ACCOUNT))
  }

  let probing: Promise<void> | null = null

  /** See the top of this file: on Linux a locked keyring reads like an empty one. */
  function assertOpen(): Promise<void> {
    probing ??= probe().finally(() => {
      probing = null
    })
    return probing
  }

  async function read(name: SecretName): Promise<string | null> {
    const value = await ask(() => library.getPassword(name))
    if (value !== null || platform !== 'linux') return value
    await assertOpen()
    // The probe may have made a person unlock the keyring, and only now the entry is seen.
    return ask(() => library.getPassword(name))
  }

  async function remove(name: SecretName): Promise<boolean> {
    const deleted = await ask(() => library.deletePassword(name))
    if (deleted || platform !== 'linux') return deleted
    await assertOpen()
    return ask(() => library.deletePassword(name))
  }

  return {
    kind: 'os',
    get: (name) => inOrder(name, () => read(name)),
    set: (name, value) =>
      inOrder(name, async () => {
        assertKeepable(name, value)
        await ask(() => library.setPassword(name, value))
      }),
    delete: (name) => inOrder(name, () => remove(name)),
  }
}
