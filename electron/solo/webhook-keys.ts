import { z } from 'zod'
import { createSequencer, MAX_SECRET_BYTES, VaultError, type Vault } from '../vault/vault.ts'
import type { Webhook, WebhookWithKey } from './answers.ts'

/**
 * The keys that open the bodies of webhooks, in the vault as one entry `solo:webhookKeys` (docs/adr/0018), because a
 * vault cannot be asked for the names that it has. Solo tells a key with create and get-one only.
 */

/** Webhook id → key. */
export type WebhookKeys = Readonly<Record<string, string>>

const entry = 'solo:webhookKeys'
const keysSchema = z.record(z.string(), z.string().min(1))
/** All keys share the entry: one change reads what the one before it has written. */
const inOrder = createSequencer()

/** No keys where none were kept. @throws {VaultError} */
export async function readWebhookKeys(vault: Vault): Promise<WebhookKeys> {
  const text = await vault.get(entry).catch((error: unknown) => {
    // A service without a keychain that loads no such credential has no webhooks.
    const isNotProvided =
      vault.kind === 'credentials-directory' && error instanceof VaultError && error.reason !== 'corrupt'
    if (isNotProvided) return null
    throw error
  })
  if (text === null) return {}
  try {
    return keysSchema.parse(JSON.parse(text))
  } catch {
    throw new VaultError(
      'corrupt',
      `The entry "${entry}" is not usable: it must be one JSON object of webhook ids and keys. Fetch the keys again with "radpost solo webhook ID".`,
    )
  }
}

/** Keeps one key beside the others. @throws {VaultError} */
export function keepWebhookKey(vault: Vault, webhookId: string, key: string): Promise<void> {
  return inOrder(entry, () => add(vault, webhookId, key))
}

async function add(vault: Vault, webhookId: string, key: string): Promise<void> {
  const keys = { ...(await readWebhookKeys(vault)), [webhookId]: key }
  const text = JSON.stringify(keys)
  if (Buffer.byteLength(text, 'utf8') > MAX_SECRET_BYTES) {
    throw new VaultError(
      'denied',
      'There is no room for the keys of so many webhooks in one entry of the keychain: delete webhooks that are not used any more.',
    )
  }
  await vault.set(entry, text)
}

/** @throws {VaultError} */
export function forgetWebhookKey(vault: Vault, webhookId: string): Promise<void> {
  return inOrder(entry, () => remove(vault, webhookId))
}

async function remove(vault: Vault, webhookId: string): Promise<void> {
  const { [webhookId]: forgotten, ...rest } = await readWebhookKeys(vault)
  if (forgotten === undefined) return
  if (Object.keys(rest).length === 0) await vault.delete(entry)
  else await vault.set(entry, JSON.stringify(rest))
}

/** A webhook for showing, without its key. */
export type KeptWebhook = {
  readonly webhook: Webhook
  readonly keyKept: boolean
  /** Where the key was not kept: what happened and what to do. */
  readonly problem: string | null
}

/** Puts the key of a made or fetched webhook into the vault, and gives what may be shown. */
export async function keepKeyOf(
  vault: Vault,
  { encryptionKey, ...webhook }: WebhookWithKey,
): Promise<KeptWebhook> {
  try {
    await keepWebhookKey(vault, webhook.id, encryptionKey)
    return { webhook, keyKept: true, problem: null }
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { webhook, keyKept: false, problem: error.message }
  }
}
