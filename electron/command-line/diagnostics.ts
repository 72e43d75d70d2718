import { writeFile } from 'node:fs/promises'
import { arch, platform, release } from 'node:os'
import type { Settings } from '../../shared/settings.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { openProfile } from '../station/profile.ts'
import { readSettings } from '../station/settings-file.ts'
import { exitCode, readArguments, usageError, type Command, type CommandContext } from './command.ts'
import { practicesOf, withProfileToRead } from './setting-up.ts'
import { codeOf } from '../intake/file-error.ts'

const usage = 'diagnostics --out FILE'

/** A bundle for support: versions, reachability, counts, codes and correlation ids; nothing of a patient. */
export const diagnosticsCommand: Command = {
  name: 'diagnostics',
  usage,
  summary: 'write a bundle for support, without secrets or patient data',
  async run(args, context) {
    const { values } = readArguments(args, { out: { type: 'string' } }, { min: 0, max: 0, usage })
    if (values.out === undefined) throw usageError(`Usage: radpost ${usage}`)
    const settings = settingsOrFault(context)
    const bundle = {
      at: new Date(context.now()).toISOString(),
      node: process.versions.node,
      system: { platform: platform(), release: release(), arch: arch() },
      vault: context.vault.kind,
      settings: 'fault' in settings ? settings : redactedSettings(settings),
      practices: 'fault' in settings ? [] : await reachability(settings, context),
      journal: await journalSummary(context),
    }
    try {
      await writeFile(values.out, `${JSON.stringify(bundle, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      const code = codeOf(error) ?? 'unknown error'
      throw usageError(
        code === 'EEXIST'
          ? 'The file of --out exists already; choose another name.'
          : `The file of --out cannot be written (${code}).`,
      )
    }
    context.output.say(
      'The bundle is written. It holds no secrets and no patient data; have a look before you send it.',
    )
    return exitCode.done
  },
}

function settingsOrFault(context: CommandContext): Settings | { readonly fault: string } {
  try {
    return readSettings(openProfile(context.profileFolder).settingsPath)
  } catch (error) {
    return { fault: error instanceof Error ? error.name : 'unreadable' }
  }
}

/** Everything but paths and people: a folder's name may hold a user's or a patient's. */
function redactedSettings({
  practices,
  dropFolder,
  reports,
  identity,
  worklist,
  network,
  retention,
}: Settings) {
  const { path: _path, ...folder } = dropFolder
  return {
    practices,
    dropFolder: folder,
    reports,
    identity,
    worklist,
    network: {
      proxy: network.proxy === 'system' || network.proxy === 'none' ? network.proxy : 'explicit',
      extraCa: network.extraCaFile !== null,
    },
    retention,
  }
}

async function reachability(settings: Settings, context: CommandContext) {
  const practices = practicesOf(settings, context)
  try {
    return await Promise.all(
      [...practices.clients].map(async ([domain, client]) => {
        const startedMs = context.now()
        const answer = await client.listPendingPage({ pageSize: 1 })
        return {
          domain,
          ok: answer.ok,
          tookMs: context.now() - startedMs,
          clockSkewMs: answer.ok ? answer.clockSkewMs : null,
          failure: answer.ok
            ? null
            : { kind: answer.failure.kind, status: answer.failure.status, code: answer.failure.code },
        }
      }),
    )
  } finally {
    await practices.close()
  }
}

async function journalSummary(context: CommandContext) {
  return withProfileToRead(context, ({ journal }) => {
    const records = journal.all()
    const answers = journal.audit
      .entries()
      .filter(({ entry }) => entry.what === 'answer')
      .slice(-50)
      .map(({ entry }) => ({
        at: entry.at,
        step: entry['step'],
        outcome: entry['outcome'],
        status: entry['status'],
        correlationId: entry['correlationId'],
        requestId: entry['requestId'],
      }))
    return Promise.resolve({ counts: countStates(records), lastAnswers: answers })
  }).catch(() => 'The journal could not be opened.')
}

function countStates(records: readonly DeliveryRecord[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { state } of records) {
    const name =
      state.state === 'held' || state.state === 'waiting' ? `${state.state} ${state.reason}` : state.state
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
