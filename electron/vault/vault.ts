/**
 * Where Radpost keeps its secrets (interfaces.md 8). Everything else in the application sees only this interface:
 * the OS keychain, systemd's credentials directory and the memory of a demo are exchangeable behind it.
 */

/**
 * The names of interfaces.md 8, plus `audit-head:<profileId>`: the newest link of the audit chain, kept beside the
 * keys so that an audit file with its tail cut off is noticed; and `solo:webhookKeys` (docs/adr/0018).
 */
export type SecretName =
  | `qubs:${string}`
  | 'solo:apiKey'
  | 'solo:linkingSecret'
  | 'solo:teamsAuthToken'
  | 'solo:webhookKeys'
  | 'qualiphy:apiKey'
  | `seal:${string}`
  | `audit:${string}`
  | `audit-head:${string}`

/** `os`: the account's keychain; `credentials-directory`: systemd, read-only; `memory`: demo and tests only. */
export type VaultKind = 'os' | 'credentials-directory' | 'memory'

export interface Vault {
  readonly kind: VaultKind
  /**
   * The secret, or null where the keychain answered and has no such entry.
   * @throws {VaultError} where it could not be found out: null never stands for "locked" or "not there".
   */
  get(name: SecretName): Promise<string | null>
  /** @throws {VaultError} where the secret was not kept. */
  set(name: SecretName, value: string): Promise<void>
  /** True where there was one to delete. @throws {VaultError} */
  delete(name: SecretName): Promise<boolean>
}

/**
 * `unavailable`: no keychain answers. `denied`: it answered with no (locked, cancelled, value not acceptable).
 * `corrupt`: an entry is there but is not what it must be. `read-only`: this vault cannot keep anything.
 */
export type VaultErrorReason = 'unavailable' | 'denied' | 'corrupt' | 'read-only'

/** A vault that could not do its work. The message is for people: what happened and what to do, never a value. */
export class VaultError extends Error {
  readonly reason: VaultErrorReason
  constructor(reason: VaultErrorReason, message: string) {
    super(message)
    this.name = 'VaultError'
    this.reason = reason
  }
}

/**
 * Longest secret in UTF-8 bytes. Windows' Credential Manager takes 2,560 bytes an entry; the same limit everywhere
 * keeps a set-up movable between systems (interfaces.md 8).
 */
export const MAX_SECRET_BYTES = 2_500

/**
 * Refuses what a keychain would cut, swallow or reject later: an empty secret, one with a NUL character (the native
 * library ends the text there) and one longer than {@link MAX_SECRET_BYTES}.
 * @throws {VaultError} reason `denied`
 */
export function assertKeepable(name: SecretName, value: string): void {
  const sizeBytes = Buffer.byteLength(value, 'utf8')
  if (sizeBytes === 0) {
    throw new VaultError('denied', `The secret "${name}" is empty: nothing was stored. Give a value.`)
  }
  if (sizeBytes > MAX_SECRET_BYTES) {
    throw new VaultError(
      'denied',
      `The secret "${name}" is ${sizeBytes} bytes long, a keychain entry takes at most ${MAX_SECRET_BYTES}: nothing was stored. Check that only the secret itself was pasted.`,
    )
  }
  if (value.includes('\0') || !value.isWellFormed()) {
    throw new VaultError(
      'denied',
      `The secret "${name}" has a character that no keychain keeps (NUL or half a character): nothing was stored. Copy it again from where it was issued.`,
    )
  }
}

/**
 * Runs the tasks of one name strictly in the order in which they were asked for, different names side by side: a
 * read that follows a write sees it, and two writes cannot overtake each other in the keychain's threads.
 */
export function createSequencer(): <T>(name: SecretName, task: () => Promise<T>) => Promise<T> {
  const tails = new Map<SecretName, Promise<unknown>>()
  return async (name, task) => {
    const run = (tails.get(name) ?? Promise.resolve()).then(task)
    // What went wrong is the caller's; the next in the row starts all the same.
    const tail = run.catch(() => null)
    tails.set(name, tail)
    try {
      return await run
    } finally {
      if (tails.get(name) === tail) tails.delete(name)
    }
  }
}
