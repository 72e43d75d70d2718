import type { DeliveryState } from '../../../shared/delivery.ts'
import { isEnded } from '../../../shared/delivery.ts'
import type { TrailEntry } from '../../../shared/ipc/history-calls.ts'
import { readAudit, type ReadEntry } from '../../journal/audit-words.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import type { Acts } from './acts.ts'
import { CallFailed } from './call-failed.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { Handlers, ParsedArgs } from './handlers.ts'
import { recordOf } from './held.ts'
import { saveFile } from './save-file.ts'
import type { StationSession } from './station-session.ts'

/** What was sent, found again; and the audit trail, to be read, proved and taken along. */

type Search = ParsedArgs<'history.search'>
type Names = 'history.search' | 'history.trail' | 'history.verify' | 'history.export'

export function createHistoryHandlers(
  { keeper, host, now, lastKnown }: Pick<HandlerParts, 'keeper' | 'host' | 'now' | 'lastKnown'>,
  { itemOf }: Pick<Acts, 'itemOf'>,
): Pick<Handlers, Names> {
  /** The patient, as far as the sealed journal or the worklist still know; forgotten after `retention.spoolDays`. */
  function patientOf({ book }: StationSession, record: DeliveryRecord): string {
    const identity = book.journal.document(record.id)?.reading.identity
    const { plan } = record
    const row = plan === null ? undefined : lastKnown(plan)
    return [
      ...(identity?.names ?? []),
      ...(identity?.patientIds ?? []),
      row?.firstName ?? '',
      row?.lastName ?? '',
      row?.patientId ?? '',
    ].join('\n')
  }

  function isWanted(session: StationSession, record: DeliveryRecord, search: Search): boolean {
    const { state, plan, kind, seenAtMs } = record
    if (state.state === 'withdrawn') return false
    if (search.from !== null && seenAtMs < Date.parse(search.from)) return false
    if (search.to !== null && seenAtMs >= Date.parse(search.to)) return false
    if (search.kind !== null && kind !== search.kind) return false
    if (search.status !== null && (plan?.kind !== 'report' || plan.status !== search.status)) return false
    if (search.result !== null && resultOf(state) !== search.result) return false
    return hasWords(search.text, `${record.file}\n${plan?.appointmentId ?? ''}`, () =>
      patientOf(session, record),
    )
  }

  return {
    'history.search': async (search) => {
      const session = await keeper.ready()
      const found = session.book
        .all()
        .toSorted((a, b) => b.seenAtMs - a.seenAtMs || b.seq - a.seq)
        .filter((record) => isWanted(session, record, search))
      return {
        total: found.length,
        items: found.slice(search.offset, search.offset + search.limit).map(itemOf),
      }
    },
    'history.trail': async ({ id }) => {
      const session = await keeper.ready()
      recordOf(session, id)
      return readAudit(session.book.journal, { id, withWords: true }).map(trailEntryOf)
    },
    'history.verify': async () => {
      const { foundation } = await keeper.ready()
      return {
        at: new Date(now()).toISOString(),
        entries: foundation.journal.audit.head().seq,
        fault: await foundation.fault(),
      }
    },
    'history.export': async ({ what, withWords }) => {
      const session = await keeper.ready()
      const id = what.kind === 'report' ? recordOf(session, what.id).id : undefined
      const entries = readAudit(session.book.journal, { id, withWords }).filter(({ at }) => isIn(what, at))
      if (entries.length === 0)
        throw new CallFailed('not-found', 'The audit trail has no entry of that time; choose other days.')
      const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
      const name = `radpost-audit-${new Date(now()).toISOString().slice(0, 10)}.jsonl`
      const saved = await saveFile(session, host, { name, extension: 'jsonl', bytes: Buffer.from(lines) })
      return { saved, entries: entries.length }
    },
  }
}

function isIn(what: ParsedArgs<'history.export'>['what'], at: string): boolean {
  return what.kind === 'report' || (at >= what.from && at < what.to)
}

/** Every word somewhere, without regard to case; `more` is only asked where the plain part does not have them all. */
function hasWords(wanted: string, plain: string, more: () => string): boolean {
  const words = wanted.toLowerCase().split(/\s+/u).filter(Boolean)
  const missing = words.filter((word) => !plain.toLowerCase().includes(word))
  if (missing.length === 0) return true
  const rest = more().toLowerCase()
  return missing.every((word) => rest.includes(word))
}

function resultOf(state: DeliveryState): Search['result'] {
  if (!isEnded(state)) return 'open'
  return state.state === 'delivered' || state.state === 'duplicate' || state.state === 'discarded'
    ? state.state
    : null
}

/** The rest of an entry as names and texts: what a person reads in the timeline. */
function trailEntryOf(entry: ReadEntry): TrailEntry {
  const { seq, at, what, id: _, ...rest } = entry
  return { seq, at, what, facts: Object.entries(rest).flatMap(([name, value]) => factsOf(name, value)) }
}

function factsOf(name: string, value: unknown): TrailEntry['facts'] {
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value)) return value.flatMap((part: unknown) => factsOf(name, part))
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([part, inner]) => factsOf(`${name}.${part}`, inner))
  return [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }]
}
