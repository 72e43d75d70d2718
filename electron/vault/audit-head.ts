import { VaultError, type Vault } from './vault.ts'

/**
 * The newest link of the audit chain lives beside the keys, so that a cut tail of the audit shows (interfaces.md 8).
 * A service under systemd may have nothing that keeps it; then the caller is told so and keeps an authenticated
 * head file in its profile instead.
 */
export type AuditHeadKept = { readonly kept: true } | { readonly kept: false; readonly message: string }

/** `head` is null where the vault could keep one but none was written yet. */
export type AuditHeadRead =
  { readonly kept: true; readonly head: string | null } | { readonly kept: false; readonly message: string }

/** Only a vault that is read-only by nature may answer "not kept": a desktop's keychain that fails is an error. */
function notKept(vault: Vault, error: unknown): { readonly kept: false; readonly message: string } {
  if (vault.kind !== 'credentials-directory' || !(error instanceof VaultError)) throw error
  return { kept: false, message: error.message }
}

/** @throws {VaultError} where the OS keychain is the vault and does not take it */
export async function writeAuditHead(vault: Vault, profileId: string, head: string): Promise<AuditHeadKept> {
  try {
    await vault.set(`audit-head:${profileId}`, head)
    return { kept: true }
  } catch (error) {
    return notKept(vault, error)
  }
}

/** @throws {VaultError} where the OS keychain is the vault and does not answer */
export async function readAuditHead(vault: Vault, profileId: string): Promise<AuditHeadRead> {
  try {
    return { kept: true, head: await vault.get(`audit-head:${profileId}`) }
  } catch (error) {
    return notKept(vault, error)
  }
}
