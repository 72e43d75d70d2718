import type { CallArgs } from '../../../shared/ipc.ts'
import type { QualiphySettingsView } from '../../../shared/ipc/qualiphy-calls.ts'
import { createPractices } from '../../station/practices.ts'
import { openQualiphy } from '../../station/invites.ts'
import {
  clearCredentials,
  parseCredentials,
  readQualiphyCredentials,
  storeCredentials,
} from '../../vault/credentials.ts'
import { VaultError, type Vault } from '../../vault/vault.ts'
import { CallFailed } from './call-failed.ts'
import { folderLabel } from './clean-sentence.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { Handlers } from './handlers.ts'
import { defaults } from './setting-up.ts'
import { createSettingsSection, orNull } from './settings-section.ts'

type SettingsCalls = `qualiphy.${
  'settings' | 'saveSettings' | 'setKey' | 'chooseInbox' | 'removeInbox' | 'test'}`

/** Whether an API key is stored; a keychain that does not answer has none. */
export async function hasQualiphyKey(vault: Vault): Promise<boolean> {
  try {
    return (await readQualiphyCredentials(vault)) !== null
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}

/** The Qualiphy section of the settings: the key goes in and never comes out. */
export function createQualiphySettingsHandlers({
  keeper,
  host,
  vault,
  random,
  now,
  resolveProxy,
  profileFolder,
}: Pick<
  HandlerParts,
  'keeper' | 'host' | 'vault' | 'random' | 'now' | 'resolveProxy' | 'profileFolder'
>): Pick<Handlers, SettingsCalls> {
  async function view(): Promise<QualiphySettingsView> {
    const { baseUrl, invitePath, webhookUrl, inbox } = (keeper.settings() ?? defaults).qualiphy
    return {
      baseUrl,
      invitePath: invitePath ?? null,
      webhookUrl: webhookUrl ?? null,
      inboxLabel: inbox === undefined ? null : folderLabel(inbox),
      hasKey: await hasQualiphyKey(vault()),
    }
  }

  const { present, save, chooseInbox, removeInbox } = createSettingsSection(
    'qualiphy',
    { keeper, host, profileFolder },
    view,
  )

  return {
    'qualiphy.settings': view,
    'qualiphy.saveSettings': (saved) => save(trimmed(saved)),
    'qualiphy.setKey': async ({ apiKey }) => {
      if (apiKey === null) await clearCredentials(vault(), { what: 'qualiphy' })
      else {
        const read = parseCredentials('qualiphy', JSON.stringify({ apiKey }))
        if (!read.ok) throw new CallFailed('invalid', read.message)
        await storeCredentials(vault(), { what: 'qualiphy', credentials: read.credentials })
      }
      return view()
    },
    'qualiphy.chooseInbox': chooseInbox,
    'qualiphy.removeInbox': removeInbox,
    'qualiphy.test': async () => {
      const settings = present()
      const practices = createPractices({ settings, vault: vault(), now, random, resolveProxy })
      try {
        const client = openQualiphy(settings, vault(), practices.http, random)
        const listed = await client.listExams()
        return listed.ok
          ? { ok: true, message: 'Qualiphy accepts the API key.' }
          : { ok: false, message: listed.failure.message }
      } finally {
        await practices.close()
      }
    },
  }
}

function trimmed({ baseUrl, invitePath, webhookUrl }: CallArgs<'qualiphy.saveSettings'>) {
  return { baseUrl: orNull(baseUrl), invitePath: orNull(invitePath), webhookUrl: orNull(webhookUrl) }
}
