import { arch, platform, release } from 'node:os'
import type { Settings } from '../../shared/settings.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import type { Vault } from '../vault/vault.ts'
import type { Practices } from './practices.ts'

/** What a bundle for support is made from; what could not be opened is null, or says its fault. */
export type DiagnosticsSources = {
  readonly settings: Settings | { readonly fault: string }
  readonly vault: Pick<Vault, 'kind'>
  readonly practices: Pick<Practices, 'clients'> | null
  /** null: there is none yet; a string: why it could not be opened. */
  readonly journal: JournalSummary | string | null
  readonly now: () => number
}

/** A bundle for support: versions, reachability, counts, codes and correlation ids; nothing of a patient. */
export async function collectDiagnostics({ settings, vault, practices, journal, now }: DiagnosticsSources) {
  return {
    at: new Date(now()).toISOString(),
    node: process.versions.node,
    system: { platform: platform(), release: release(), arch: arch() },
    vault: vault.kind,
    settings: 'fault' in settings ? settings : redactedSettings(settings),
    practices: practices === null ? [] : await reachability(practices, now),
    journal,
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

async function reachability({ clients }: Pick<Practices, 'clients'>, now: () => number) {
  return Promise.all(
    [...clients].map(async ([domain, client]) => {
      const startedMs = now()
      const answer = await client.listPendingPage({ pageSize: 1 })
      return {
        domain,
        ok: answer.ok,
        tookMs: now() - startedMs,
        clockSkewMs: answer.ok ? answer.clockSkewMs : null,
        failure: answer.ok
          ? null
          : { kind: answer.failure.kind, status: answer.failure.status, code: answer.failure.code },
      }
    }),
  )
}

export type JournalSummary = ReturnType<typeof summarizeJournal>

/** Counts of states and the last answers of the servers, by their ids. */
export function summarizeJournal(journal: Pick<Journal, 'all' | 'audit'>) {
  const lastAnswers = journal.audit
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
  return { counts: countStates(journal.all()), lastAnswers }
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
