import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { KEY_BYTES } from './seal.ts'
import { VaultError, type SecretName, type Vault } from './vault.ts'

/** Names under which a profile keeps a key of its own. */
export type KeyName = Extract<SecretName, `seal:${string}` | `audit:${string}`>

export type KeySource = {
  readonly random: (sizeBytes: number) => Uint8Array
  /** Resolves after the time in milliseconds. */
  readonly wait: (timeMs: number) => Promise<unknown>
}

const system: KeySource = { random: randomBytes, wait: (timeMs) => sleep(timeMs) }

/**
 * How long a new key must stand unchanged before it is used, in milliseconds: far longer than a keychain takes from
 * one call to the next. Only the first start of a profile pays it.
 */
const STAND_MS = 300

/** Marks a key that is not settled yet: others may still be about to write theirs over it. */
const UNSETTLED = 'new:'

/**
 * The 32 bytes of a key kept as base64 text.
 * @throws {VaultError} reason `corrupt`
 */
export function decodeKey(name: SecretName, text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  // Buffer skips what is not base64, so only text that comes out the same again was a key.
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== text) {
    throw new VaultError(
      'corrupt',
      `The key "${name}" is there but is not 32 bytes in base64: it was not used and not replaced. Restore it from a backup of the keychain, or delete the entry to begin with a new key (what was sealed with the old one cannot be read any more).`,
    )
  }
  return new Uint8Array(bytes)
}

/**
 * The key of that name; where there is none, 32 random bytes, written once and read back before use. A key that is
 * there is never overwritten, whatever is wrong with it (interfaces.md 8).
 *
 * No keychain can "create unless there", so two processes that start on one profile at once may both find nothing and
 * both write. A new key is therefore written as unsettled first. Whoever finds an unsettled key, its own or
 * another's, waits and looks again until one stands unchanged; that one is settled by writing it without the mark,
 * and only a settled key is ever used: the last write wins for all. The profile's own lock, which admits one writer
 * (interfaces.md 1), makes such a race rare in the first place.
 *
 * @throws {VaultError} from the vault; `corrupt` where an entry is no key, or where the keychain took the new key
 * but does not give it back
 */
export async function loadOrCreateKey(
  vault: Vault,
  name: KeyName,
  source: KeySource = system,
): Promise<Uint8Array> {
  let seen = await vault.get(name)
  if (seen === null) {
    await vault.set(name, UNSETTLED + Buffer.from(source.random(KEY_BYTES)).toString('base64'))
    seen = await vault.get(name)
  }
  while (seen?.startsWith(UNSETTLED) === true) {
    await source.wait(STAND_MS)
    let again = await vault.get(name)
    if (again === seen) {
      const settled = seen.slice(UNSETTLED.length)
      decodeKey(name, settled)
      await vault.set(name, settled)
      again = await vault.get(name)
    }
    seen = again
  }
  if (seen === null) {
    throw new VaultError(
      'corrupt',
      `The keychain took the new key "${name}" but does not give it back: nothing was sealed with it. Check that the keychain is a lasting one and start again.`,
    )
  }
  return decodeKey(name, seen)
}
