import type { CallArgs, CallResult } from '../../../shared/ipc.ts'
import type { SoloSettingsView } from '../../../shared/ipc/solo-calls.ts'
import { parseCredentials } from '../../vault/credentials.ts'
import { VaultError, type Vault } from '../../vault/vault.ts'
import { CallFailed } from './call-failed.ts'
import { folderLabel } from './clean-sentence.ts'
import type { Handlers } from './handlers.ts'
import { defaults } from './setting-up.ts'
import { createSettingsSection, orNull } from './settings-section.ts'
import type { SoloParts, SoloSession } from './solo-sessions.ts'

type SettingsCalls = `solo.${
  'settings' | 'saveSettings' | 'setSecret' | 'test' | 'chooseInbox' | 'removeInbox'}`
type Secret = CallArgs<'solo.setSecret'>['secret']

/** The Solo section of the settings: secrets go in and never come out. */
export function createSoloSettingsHandlers(
  { keeper, host, vault, profileFolder }: SoloParts,
  opened: () => Promise<SoloSession>,
): Pick<Handlers, SettingsCalls> {
  async function view(): Promise<SoloSettingsView> {
    const settings = keeper.settings() ?? defaults
    const { baseUrl, visitId, linkHosts, inbox } = settings.solo
    return {
      baseUrl,
      visitId: visitId ?? null,
      needsDomain: settings.practices.length > 1,
      linkHosts: [...(linkHosts ?? [])],
      inboxLabel: inbox === undefined ? null : folderLabel(inbox),
      secrets: await storedSecrets(vault()),
    }
  }

  const { save, chooseInbox, removeInbox } = createSettingsSection(
    'solo',
    { keeper, host, profileFolder },
    view,
  )

  return {
    'solo.settings': view,
    'solo.saveSettings': ({ baseUrl, visitId, linkHosts }) => {
      const hosts = [...new Set(linkHosts.map((typed) => typed.trim().toLowerCase()))].filter(
        (typed) => typed !== '',
      )
      return save({
        baseUrl: orNull(baseUrl),
        visitId: orNull(visitId),
        linkHosts: hosts.length === 0 ? null : hosts,
      })
    },
    'solo.setSecret': async ({ secret, value }) => {
      if (value === null) await vault().delete(`solo:${secret}`)
      else await vault().set(`solo:${secret}`, checkedSecret(secret, value))
      return view()
    },
    'solo.test': async (): Promise<CallResult<'solo.test'>> => {
      const { client } = await opened()
      const rooms = await client.listWaitingRooms()
      return rooms.ok
        ? { ok: true, message: 'Solo accepts the API key.' }
        : { ok: false, message: rooms.failure.message }
    },
    'solo.chooseInbox': chooseInbox,
    'solo.removeInbox': removeInbox,
  }
}

/** A keychain that does not answer has none. */
async function storedSecrets(vault: Vault): Promise<SoloSettingsView['secrets']> {
  const has = async (secret: Secret): Promise<boolean> => {
    try {
      return (await vault.get(`solo:${secret}`)) !== null
    } catch (error) {
      if (error instanceof VaultError) return false
      throw error
    }
  }
  return {
    apiKey: await has('apiKey'),
    linkingSecret: await has('linkingSecret'),
    teamsAuthToken: await has('teamsAuthToken'),
  }
}

/** Trimmed, by the rules of `radpost credentials set solo`. @throws CallFailed when it cannot be a secret */
function checkedSecret(secret: Secret, value: string): string {
  // The rules are the same for all three, and the first one is never optional.
  const parsed = parseCredentials('solo', JSON.stringify({ apiKey: value, [secret]: value }))
  if (!parsed.ok) throw new CallFailed('invalid', parsed.message)
  return parsed.credentials.apiKey
}
