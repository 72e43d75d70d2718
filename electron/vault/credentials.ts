import { z } from 'zod'
import { parseJson } from '../../shared/json-text.ts'
import { VaultError, type SecretName, type Vault } from './vault.ts'

/**
 * The credentials that an administrator types or pipes in (`radpost credentials set`, interfaces.md 7) and how they
 * lie in the vault: QUBS as one JSON entry a practice, Solo and Qualiphy as one entry a secret (interfaces.md 8).
 */

const secret = z
  .string()
  .trim()
  .min(1)
  // A control character in a secret is a slip of the clipboard and would break an HTTP header later.
  .regex(/^\P{Cc}*$/u)

const qubsCredentials = z.strictObject({ clientId: secret, clientSecret: secret })
const soloCredentials = z.strictObject({
  apiKey: secret,
  linkingSecret: secret.optional(),
  teamsAuthToken: secret.optional(),
})
const qualiphyCredentials = z.strictObject({ apiKey: secret })

export type QubsCredentials = z.infer<typeof qubsCredentials>
export type SoloCredentials = z.infer<typeof soloCredentials>
export type QualiphyCredentials = z.infer<typeof qualiphyCredentials>

export type CredentialsByWhat = {
  readonly qubs: QubsCredentials
  readonly solo: SoloCredentials
  readonly qualiphy: QualiphyCredentials
}
export type CredentialsWhat = keyof CredentialsByWhat

/** Whose credentials: QUBS has one pair a practice, named by its domain; the others have one set. */
export type CredentialsTarget =
  | { readonly what: 'qubs'; readonly domain: string }
  | { readonly what: 'solo' }
  | { readonly what: 'qualiphy' }

/** Credentials together with the place they belong to. */
export type CredentialsToStore =
  | { readonly what: 'qubs'; readonly domain: string; readonly credentials: QubsCredentials }
  | { readonly what: 'solo'; readonly credentials: SoloCredentials }
  | { readonly what: 'qualiphy'; readonly credentials: QualiphyCredentials }

export type ParsedCredentials<What extends CredentialsWhat> =
  | { readonly ok: true; readonly credentials: CredentialsByWhat[What] }
  /** One sentence that names the field; nothing that was typed is in it, not even the name of a key of its own. */
  | { readonly ok: false; readonly message: string }

const shapes: { readonly [What in CredentialsWhat]: z.ZodType<CredentialsByWhat[What]> } = {
  qubs: qubsCredentials,
  solo: soloCredentials,
  qualiphy: qualiphyCredentials,
}

const wanted: { readonly [What in CredentialsWhat]: string } = {
  qubs: '"clientId" and "clientSecret"',
  solo: '"apiKey", optionally "linkingSecret" and "teamsAuthToken",',
  qualiphy: '"apiKey"',
}

function refusal(what: CredentialsWhat, issue: z.core.$ZodIssue | undefined): string {
  // A path leads only to fields of the shape; a key that is not of it is reported with an empty path.
  const field = issue?.path[0]
  return typeof field === 'string'
    ? `The ${what} credentials are not usable: "${field}" must be a text of at least one character, without line breaks or other control characters.`
    : `The ${what} credentials must be one JSON object with ${wanted[what]} and nothing else.`
}

/** Checks the shape of credentials given as JSON text; white space around a secret is dropped. Contacts nobody. */
export function parseCredentials<What extends CredentialsWhat>(
  what: What,
  jsonText: string,
): ParsedCredentials<What> {
  let value: unknown
  try {
    value = parseJson(jsonText)
  } catch {
    return { ok: false, message: refusal(what, undefined) }
  }
  const parsed = shapes[what].safeParse(value)
  return parsed.success
    ? { ok: true, credentials: parsed.data }
    : { ok: false, message: refusal(what, parsed.error.issues[0]) }
}

/** Every entry that belongs to a target: what was typed in, in the order in which it is written, and what came of it. */
function namesOf(target: CredentialsTarget): readonly SecretName[] {
  switch (target.what) {
    case 'qubs':
      return [`qubs:${target.domain}`]
    case 'solo':
      return ['solo:apiKey', 'solo:linkingSecret', 'solo:teamsAuthToken', 'solo:webhookKeys']
    case 'qualiphy':
      return ['qualiphy:apiKey']
  }
}

function valuesOf(entry: CredentialsToStore): ReadonlyMap<SecretName, string | undefined> {
  switch (entry.what) {
    case 'qubs':
      return new Map<SecretName, string | undefined>([
        [`qubs:${entry.domain}`, JSON.stringify(entry.credentials)],
      ])
    case 'solo':
      return new Map<SecretName, string | undefined>([
        ['solo:apiKey', entry.credentials.apiKey],
        ['solo:linkingSecret', entry.credentials.linkingSecret],
        ['solo:teamsAuthToken', entry.credentials.teamsAuthToken],
      ])
    case 'qualiphy':
      return new Map<SecretName, string | undefined>([['qualiphy:apiKey', entry.credentials.apiKey]])
  }
}

/**
 * Replaces the whole set: an optional secret that is not given is deleted, so that no old one is used with a new key.
 * @throws {VaultError}
 */
export async function storeCredentials(vault: Vault, entry: CredentialsToStore): Promise<void> {
  for (const [name, value] of valuesOf(entry)) {
    if (value === undefined) await vault.delete(name)
    else await vault.set(name, value)
  }
}

/** True where there was anything to clear. @throws {VaultError} */
export async function clearCredentials(vault: Vault, target: CredentialsTarget): Promise<boolean> {
  let cleared = false
  for (const name of namesOf(target)) cleared = (await vault.delete(name)) || cleared
  return cleared
}

/**
 * The pair of one practice, or null where none was set.
 * @throws {VaultError} reason `corrupt` where the entry is not the JSON that `credentials set` writes
 */
export async function readQubsCredentials(vault: Vault, domain: string): Promise<QubsCredentials | null> {
  const text = await vault.get(`qubs:${domain}`)
  if (text === null) return null
  const parsed = parseCredentials('qubs', text)
  if (parsed.ok) return parsed.credentials
  throw new VaultError(
    'corrupt',
    `The entry "qubs:${domain}" is not usable: it must be one JSON object with ${wanted.qubs}. Set it again with "radpost credentials set qubs".`,
  )
}

/** An optional secret of a service without a keychain is one that its unit does not load. */
async function readOptional(vault: Vault, name: SecretName): Promise<string | null> {
  try {
    return await vault.get(name)
  } catch (error) {
    const notProvided =
      vault.kind === 'credentials-directory' && error instanceof VaultError && error.reason !== 'corrupt'
    if (notProvided) return null
    throw error
  }
}

/** null where no API key was set. @throws {VaultError} */
export async function readSoloCredentials(vault: Vault): Promise<SoloCredentials | null> {
  const apiKey = await vault.get('solo:apiKey')
  if (apiKey === null) return null
  const linkingSecret = await readOptional(vault, 'solo:linkingSecret')
  const teamsAuthToken = await readOptional(vault, 'solo:teamsAuthToken')
  return {
    apiKey,
    ...(linkingSecret === null ? {} : { linkingSecret }),
    ...(teamsAuthToken === null ? {} : { teamsAuthToken }),
  }
}

/** null where no API key was set. @throws {VaultError} */
export async function readQualiphyCredentials(vault: Vault): Promise<QualiphyCredentials | null> {
  const apiKey = await vault.get('qualiphy:apiKey')
  return apiKey === null ? null : { apiKey }
}
