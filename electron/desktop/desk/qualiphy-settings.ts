import type { CallArgs } from '../../../shared/ipc.ts'
import type { QualiphySettingsView } from '../../../shared/ipc/qualiphy-calls.ts'
import type { Settings } from '../../../shared/settings.ts'
import { createPractices } from '../../station/practices.ts'
import { openQualiphy } from '../../station/invites.ts'
import { pathsIn } from '../../station/profile.ts'
import { changeSettings, partOf, type SettingsDocument } from '../../station/settings-store.ts'
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
  const { settingsPath } = pathsIn(profileFolder)

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

  /** What is null is taken out of the file, so that its default counts. */
  async function save(part: { readonly [key: string]: string | null }): Promise<QualiphySettingsView> {
    present()
    changeSettings(settingsPath, (document) => withQualiphy(document, part))
    await keeper.restart()
    return view()
  }

  /** @throws CallFailed */
  function present(): Settings {
    const settings = keeper.settings()
    if (settings !== null) return settings
    throw new CallFailed('not-set-up', 'Radpost is not set up yet; connect a practice first.')
  }

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
    'qualiphy.chooseInbox': async () => {
      const chosen = await host.chooseFolder(present().qualiphy.inbox ?? null, 'inbox')
      return chosen === null ? view() : save({ inbox: chosen })
    },
    'qualiphy.removeInbox': () => save({ inbox: null }),
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
  return { baseUrl: given(baseUrl), invitePath: given(invitePath), webhookUrl: given(webhookUrl) }
}

/** What was left blank is null: its default counts. */
function given(text: string | null): string | null {
  const trimmedText = text?.trim() ?? ''
  return trimmedText === '' ? null : trimmedText
}

function withQualiphy(
  document: SettingsDocument,
  part: { readonly [key: string]: string | null },
): SettingsDocument {
  const merged = { ...partOf(document, 'qualiphy'), ...part }
  const qualiphy = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
  return { ...document, qualiphy }
}
