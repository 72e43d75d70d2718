import type { Journal } from '../journal/journal.ts'
import { invitePasses, type InviteHappening, type InviteRecord } from './invite-record.ts'

/** The invites in the journal: sealed rows, each change with its audit entry in one transaction. */
export type InviteStore = {
  /** In the order of their confirmation. */
  all(): InviteRecord[]
  put(record: InviteRecord, what: string): void
  /** Re-reads the row, lets it happen, writes what came of it. @throws ImpossibleForInvite */
  change(id: string, happening: InviteHappening): InviteRecord
}

export function createInviteStore(
  journal: Pick<Journal, 'kept' | 'transaction'>,
  now: () => number,
): InviteStore {
  const rows = journal.kept('qualiphy-invite')
  // Written by `put` alone, sealed and bound to its place: what opens is what was written.
  const all = (): InviteRecord[] =>
    rows.all((json) => {
      const record: InviteRecord = JSON.parse(json)
      return record
    })
  const put = (record: InviteRecord, what: string): void => {
    const { domain, appointmentId, state } = record
    rows.put(record.id, record, { what, domain, appointmentId, state: state.state, ...codeOf(record) })
  }
  return {
    all,
    put,
    change: (id, happening) =>
      journal.transaction(() => {
        const present = all().find((record) => record.id === id)
        if (present === undefined) throw new Error('There is no such invite in the journal.')
        const next = invitePasses(present, happening, now())
        put(next, `invite-${happening.type}`)
        return next
      }),
  }
}

function codeOf({ state }: InviteRecord): { readonly code?: string } {
  return state.state === 'not-sent' ? { code: state.code } : {}
}
