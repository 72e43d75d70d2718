import { clearCredentials, storeCredentials } from '../../vault/credentials.ts'
import { createMemoryVault } from '../../vault/memory.ts'
import { createSessionVault } from '../../vault/session-vault.ts'
import { VaultError, type Vault } from '../../vault/vault.ts'
import { openProfile, pathsIn } from '../../station/profile.ts'
import { CallFailed } from './call-failed.ts'
import { folderLabel } from './clean-sentence.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { Handlers, ParsedArgs } from './handlers.ts'
import {
  defaults,
  removePractice,
  saveSettings,
  settingsViewOf,
  testConnection,
  touchesStation,
  typedCredentials,
  writeDateOrder,
  writeFolder,
  writePractice,
  type ConnectionTest,
} from './setting-up.ts'

type SetUpCalls = Extract<keyof Handlers, `setup.${string}` | `settings.${string}`>

/** First run and settings: what they change is written whole, and the station starts anew with it. */
export function createSetUpHandlers(parts: HandlerParts): Pick<Handlers, SetUpCalls> {
  const { keeper, desktop, now, random, resolveProxy } = parts
  const { settingsPath } = pathsIn(parts.profileFolder)
  const keychain = parts.vault()
  let sessionVault: Vault | null = null

  const view = () => settingsViewOf(keeper.settings(), desktop.get(), parts.vault(), parts.chosenFolder())

  async function test(practice: ParsedArgs<'setup.testConnection'>['practice'], vault: Vault) {
    const network = keeper.settings()?.network ?? defaults.network
    const result = await testConnection({ network, vault, resolveProxy, now, random }, practice)
    return { ...result, message: parts.clean(result.message) }
  }

  /** The vault of this session, made once; the profile's keys stay in the keychain where it answers. */
  async function forThisSession(): Promise<Vault> {
    if (sessionVault !== null) return sessionVault
    const { profileId } = openProfile(parts.profileFolder)
    const answers = await keychain.get(`seal:${profileId}`).then(
      () => true,
      () => false,
    )
    sessionVault = createSessionVault(keychain, answers)
    return sessionVault
  }

  async function connect(args: ParsedArgs<'setup.connect'>): Promise<ConnectionTest> {
    const { practice, credentials, forSession } = args
    const folder = parts.chosenFolder()
    if (folder === null && keeper.settings() === null) {
      return { ok: false, kind: 'settings', message: 'Choose the folder for finished reports first.' }
    }
    const tested = await test(practice, vaultOf(practice, credentials))
    if (!tested.ok) return tested
    const entry = {
      what: 'qubs',
      domain: practice.domain,
      credentials: typedCredentials(credentials),
    } as const
    const vault = forSession ? await forThisSession() : keychain
    try {
      await storeCredentials(vault, entry)
      // What was kept for the session only must not stand in front of what the keychain holds now.
      if (!forSession && sessionVault !== null) await clearCredentials(sessionVault, entry)
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      const message = `${parts.clean(error.message)} Or keep the secrets for this session only.`
      return { ok: false, kind: 'settings', message }
    }
    const others = (keeper.settings()?.practices ?? []).some(({ domain }) => domain !== practice.domain)
    if (!forSession && !others) sessionVault = null
    parts.useVault(sessionVault ?? keychain)
    writePractice(settingsPath, practice, folder)
    await keeper.restart()
    return tested
  }

  return {
    'setup.chooseFolder': async () => {
      const present = keeper.settings()?.dropFolder.path ?? parts.chosenFolder()
      const chosen = await parts.host.chooseFolder(present, 'reports')
      if (chosen !== null && chosen !== present) {
        parts.chooseFolder(chosen)
        if (keeper.settings() !== null) {
          writeFolder(settingsPath, chosen)
          await keeper.restart()
        }
        parts.changed()
      }
      const folder = chosen ?? present
      return { folderLabel: folder === null ? null : folderLabel(folder) }
    },
    'setup.testConnection': ({ practice, credentials }) =>
      test(practice, credentials === null ? parts.vault() : vaultOf(practice, credentials)),
    'setup.connect': connect,

    'settings.get': view,
    'settings.save': async (saved) => {
      const { theme, notifications, startAtLogin } = saved
      if (touchesStation(saved)) {
        if (keeper.settings() === null) {
          throw new CallFailed('not-set-up', 'Radpost is not set up yet; connect a practice first.')
        }
        saveSettings(settingsPath, saved)
      }
      const wishes = {
        ...(theme === undefined ? {} : { theme }),
        ...(notifications === undefined ? {} : { notifications }),
        ...(startAtLogin === undefined ? {} : { startAtLogin }),
      }
      if (Object.keys(wishes).length > 0) parts.host.applyDesktopSettings(desktop.change(wishes))
      if (touchesStation(saved)) await keeper.restart()
      return view()
    },
    'settings.setDateOrder': async ({ domain, dateOrder }) => {
      writeDateOrder(settingsPath, domain, dateOrder)
      await keeper.restart()
      return view()
    },
    'settings.removePractice': async ({ domain }) => {
      removePractice(settingsPath, domain)
      await keeper.restart()
      await clearCredentials(parts.vault(), { what: 'qubs', domain })
      return view()
    },
  }
}

/** The typed credentials alone, for a test that stores nothing. @throws CallFailed */
function vaultOf(
  practice: ParsedArgs<'setup.connect'>['practice'],
  typed: ParsedArgs<'setup.connect'>['credentials'],
): Vault {
  return createMemoryVault([[`qubs:${practice.domain}`, JSON.stringify(typedCredentials(typed))]])
}
