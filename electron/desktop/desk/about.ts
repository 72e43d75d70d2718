import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { arch, platform, release } from 'node:os'
import type { CallResult } from '../../../shared/ipc.ts'
import { collectDiagnostics, summarizeJournal } from '../../station/diagnostics.ts'
import { pathsIn } from '../../station/profile.ts'
import { changeSettings, partOf } from '../../station/settings-store.ts'
import { CallFailed } from './call-failed.ts'
import { folderLabel } from './clean-sentence.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { Handlers } from './handlers.ts'
import { saveFile } from './save-file.ts'
import { settingsViewOf } from './setting-up.ts'

type AboutCalls = Extract<keyof Handlers, `about.${string}` | `network.${string}`>

/** This installation: versions, the bundle for support, and the site's own certificates. */
export function createAboutHandlers(parts: HandlerParts): Pick<Handlers, AboutCalls> {
  return {
    'about.get': () => ({
      version: parts.version,
      host: parts.hostKind,
      runtime: runtime(),
      system: `${platform()} ${release()} ${arch()}`,
      profileLabel: folderLabel(parts.profileFolder),
    }),
    'about.saveDiagnostics': async () => ({ saved: await saveDiagnostics(parts) }),
    'network.chooseCa': async () => {
      const [chosen] = await parts.host.chooseFiles('certificates')
      if (chosen !== undefined) await trust(parts, chosen)
      return view(parts)
    },
    'network.forgetCa': async () => {
      await writeCaFile(parts, null)
      return view(parts)
    },
  }
}

function runtime(): string {
  const names = ['electron', 'chrome', 'node'] as const
  return names
    .map((name) => [name, process.versions[name]] as const)
    .filter(([, version]) => version !== undefined)
    .map(([name, version]) => `${name} ${version ?? ''}`)
    .join(', ')
}

function view({ keeper, desktop, vault, chosenFolder }: HandlerParts): Promise<CallResult<'settings.get'>> {
  return settingsViewOf(keeper.settings(), desktop.get(), vault(), chosenFolder())
}

/** @throws CallFailed */
async function saveDiagnostics(parts: HandlerParts): Promise<boolean> {
  const { keeper, now } = parts
  const session = keeper.session()
  const settings = keeper.settings()
  const bundle = await collectDiagnostics({
    settings: settings ?? { fault: keeper.problem()?.kind ?? 'not-set-up' },
    vault: parts.vault(),
    practices: session?.practices ?? null,
    journal: session === null ? null : summarizeJournal(session.foundation.journal),
    now,
  })
  const text = JSON.stringify({ radpost: parts.version, ...bundle }, null, 2)
  const name = `radpost-diagnostics-${new Date(now()).toISOString().slice(0, 10)}.json`
  return saveFile({ settings }, parts.host, {
    name,
    extension: 'json',
    bytes: new TextEncoder().encode(`${text}\n`),
  })
}

/** A file with the certificates of a network is some kilobytes; more is something else. */
const MOST_CA_BYTES = 1024 * 1024

/** @throws CallFailed where it is not a file of certificates: the settings must not be left with it */
async function trust(parts: HandlerParts, path: string): Promise<void> {
  if (parts.keeper.settings() === null) {
    throw new CallFailed('not-set-up', 'Radpost is not set up yet; connect a practice first.')
  }
  if (!isCertificates(await readFile(path).catch(() => null))) {
    throw new CallFailed(
      'invalid',
      'This is not a file of certificates in PEM form (“BEGIN CERTIFICATE”); ask whoever runs the network for one.',
    )
  }
  await writeCaFile(parts, path)
}

function isCertificates(bytes: Buffer | null): boolean {
  if (bytes === null || bytes.length > MOST_CA_BYTES) return false
  const found = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu)
  if (found === null) return false
  try {
    return found.every((certificate) => new X509Certificate(certificate).subject !== '')
  } catch {
    return false
  }
}

/** The station starts anew with it. @throws SettingsUnusable */
async function writeCaFile({ profileFolder, keeper }: HandlerParts, path: string | null): Promise<void> {
  changeSettings(pathsIn(profileFolder).settingsPath, (document) => ({
    ...document,
    network: { ...partOf(document, 'network'), extraCaFile: path },
  }))
  await keeper.restart()
}
