import { z } from 'zod'
import type { CallArgs, CallResult, SettingsView } from '../../../shared/ipc.ts'
import { settingsSchema, type Practice, type Settings } from '../../../shared/settings.ts'
import { isProxyAddress, type ResolveProxy } from '../../http/proxy.ts'
import { createPractices } from '../../station/practices.ts'
import { parseSettings, SettingsUnusable } from '../../station/settings-file.ts'
import { changeSettings, partOf, type SettingsDocument } from '../../station/settings-store.ts'
import { parseCredentials, readQubsCredentials, type QubsCredentials } from '../../vault/credentials.ts'
import { VaultError, type Vault } from '../../vault/vault.ts'
import { CallFailed } from './call-failed.ts'
import { folderLabel } from './clean-sentence.ts'
import type { DesktopSettings } from './desktop-settings.ts'

/** What the first run and the settings view do: pure of the station, which the desk restarts afterwards. */

export type ConnectionTest = CallResult<'setup.testConnection'>
type TypedPractice = CallArgs<'setup.testConnection'>['practice']

/** A practice as the settings would hold it. @throws SettingsUnusable */
export function practiceOf(typed: TypedPractice): Practice {
  const [practice] = parseSettings({
    practices: [practiceDocument(typed)],
    dropFolder: { path: '.' },
  }).practices
  if (practice === undefined) throw new SettingsUnusable('Name the practice.')
  return practice
}

/** As it is written: what was left blank is left out, so that its default counts. */
function practiceDocument({ domain, name, baseUrl, tokenUrl }: TypedPractice): SettingsDocument {
  const given = Object.entries({ name, baseUrl, tokenUrl })
    .map(([key, value]) => [key, value.trim()] as const)
    .filter(([, value]) => value !== '')
  return { domain: domain.trim(), ...Object.fromEntries(given) }
}

/** Trims what was typed. @throws CallFailed when it cannot be a secret */
export function typedCredentials(typed: { clientId: string; clientSecret: string }): QubsCredentials {
  const parsed = parseCredentials(
    'qubs',
    JSON.stringify({ clientId: typed.clientId, clientSecret: typed.clientSecret }),
  )
  if (parsed.ok) return parsed.credentials
  throw new CallFailed('invalid', parsed.message)
}

export type TestParts = {
  readonly network: Settings['network']
  /** Where the credentials of the practice are. */
  readonly vault: Vault
  readonly resolveProxy: ResolveProxy | undefined
  readonly now: () => number
  readonly random: () => number
}

/** A token, then the smallest page of the worklist: nothing is changed anywhere (api-notes H10). */
export async function testConnection(parts: TestParts, typed: TypedPractice): Promise<ConnectionTest> {
  try {
    const practice = practiceOf(typed)
    const settings = { network: parts.network, practices: [practice] }
    const practices = createPractices({ ...parts, settings })
    try {
      const answer = await practices.clients.get(practice.domain)?.listPendingPage({ pageSize: 1 })
      return answer === undefined || answer.ok
        ? { ok: true, kind: null, message: `QUBS accepts the credentials of "${practice.domain}".` }
        : { ok: false, kind: answer.failure.kind, message: answer.failure.message }
    } finally {
      await practices.close()
    }
  } catch (error) {
    const known = error instanceof SettingsUnusable || error instanceof VaultError
    if (known) return { ok: false, kind: 'settings', message: plain(error.message) }
    throw error
  }
}

/** The settings file's own wording names keys; the window shows fields. */
function plain(message: string): string {
  return message.replace('The settings cannot be used. ', '').replaceAll(/"practices\[0\]\.(\w+)"/gu, '"$1"')
}

/** Adds the practice, or replaces the one of the same domain. @throws SettingsUnusable */
export function writePractice(path: string, typed: TypedPractice, folder: string | null): Settings {
  return changeSettings(path, (document) => {
    const written = practiceDocument(typed)
    const others = practicesIn(document).filter(({ domain }) => domain !== written['domain'])
    const former = practicesIn(document).find(({ domain }) => domain === written['domain'])
    const dateOrder = former?.['dateOrder'] === undefined ? {} : { dateOrder: former['dateOrder'] }
    return {
      ...document,
      practices: [...others, { ...written, ...dateOrder }],
      ...(folder === null ? {} : { dropFolder: { ...partOf(document, 'dropFolder'), path: folder } }),
    }
  })
}

/** @throws CallFailed where it is the only one; SettingsUnusable */
export function removePractice(path: string, domain: string): Settings {
  return changeSettings(path, (document) => {
    const left = practicesIn(document).filter((practice) => practice['domain'] !== domain)
    if (left.length === 0) {
      throw new CallFailed('refused', 'This is the only practice; set up another one before removing it.')
    }
    return { ...document, practices: left }
  })
}

/** How the practice writes 03/04/1988; null takes the setting away. @throws SettingsUnusable */
export function writeDateOrder(
  path: string,
  domain: string,
  dateOrder: Practice['dateOrder'] | null,
): Settings {
  return changeSettings(path, (document) => ({
    ...document,
    practices: practicesIn(document).map((practice) => {
      if (practice['domain'] !== domain) return practice
      const { dateOrder: _former, ...rest } = practice
      return dateOrder === null ? rest : { ...rest, dateOrder }
    }),
  }))
}

/** @throws SettingsUnusable */
export function writeFolder(path: string, folder: string): Settings {
  return changeSettings(path, (document) => ({
    ...document,
    dropFolder: { ...partOf(document, 'dropFolder'), path: folder },
  }))
}

type SavedSettings = CallArgs<'settings.save'>

/** Everything of the window's settings that settings.json holds. @throws SettingsUnusable, CallFailed */
export function saveSettings(path: string, saved: SavedSettings): Settings {
  const { sidecar, reports, identity, refreshSeconds, clinician, proxy, retention } = saved
  if (proxy !== undefined && proxy !== 'system' && proxy !== 'none' && !isProxyAddress(proxy)) {
    throw new CallFailed(
      'invalid',
      'The proxy must be "system", "none", or an address such as http://proxy.example:8080.',
    )
  }
  return changeSettings(path, (document) => ({
    ...document,
    ...changed('dropFolder', sidecar === undefined ? undefined : { sidecar }, document),
    ...changed('reports', reports, document),
    ...changed('identity', identity, document),
    ...changed('worklist', refreshSeconds === undefined ? undefined : { refreshSeconds }, document),
    ...changed('clinician', clinician, document),
    ...changed('network', proxy === undefined ? undefined : { proxy }, document),
    ...changed('retention', retention, document),
  }))
}

/** One key of the document with a part of it replaced; nothing where nothing was saved. */
function changed(key: string, part: object | undefined, document: SettingsDocument): SettingsDocument {
  return part === undefined ? {} : { [key]: { ...partOf(document, key), ...part } }
}

/** Whether something of it is settings.json's, so that the station must start anew. */
export function touchesStation(saved: SavedSettings): boolean {
  const { theme: _theme, notifications: _notifications, startAtLogin: _startAtLogin, ...station } = saved
  return Object.values(station).some((value) => value !== undefined)
}

/** The settings as the window shows them; before the first run, the defaults. */
export async function settingsViewOf(
  settings: Settings | null,
  desktop: DesktopSettings,
  vault: Vault,
  chosenFolder: string | null,
): Promise<SettingsView> {
  const folder = settings?.dropFolder.path ?? chosenFolder
  const shown = settings ?? { ...defaults, practices: [] }
  return {
    practices: await Promise.all(
      shown.practices.map(async ({ domain, name, baseUrl, tokenUrl, dateOrder }) => ({
        domain,
        name,
        baseUrl,
        tokenUrl,
        signedIn: await hasCredentials(vault, domain),
        dateOrder: dateOrder ?? null,
      })),
    ),
    folderLabel: folder === null ? null : folderLabel(folder),
    sidecar: shown.dropFolder.sidecar,
    reports: shown.reports,
    identity: shown.identity,
    refreshSeconds: shown.worklist.refreshSeconds,
    clinician: shown.clinician,
    proxy: shown.network.proxy,
    extraCaLabel: shown.network.extraCaFile === null ? null : folderLabel(shown.network.extraCaFile),
    retention: shown.retention,
    startAtLogin: desktop.startAtLogin,
    notifications: desktop.notifications,
    theme: desktop.theme,
  }
}

/** What counts where nothing was set up yet. */
export const defaults = settingsSchema.parse({ practices: [{ domain: '-' }], dropFolder: { path: '-' } })

async function hasCredentials(vault: Vault, domain: string): Promise<boolean> {
  try {
    return (await readQubsCredentials(vault, domain)) !== null
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}

const practiceDocuments = z.array(z.looseObject({ domain: z.string() }))

function practicesIn(document: SettingsDocument): z.infer<typeof practiceDocuments> {
  const read = practiceDocuments.safeParse(document['practices'])
  return read.success ? read.data : []
}
