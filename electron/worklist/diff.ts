import { isDeepStrictEqual } from 'node:util'
import type { PendingAppointment } from '../../shared/worklist.ts'
import type { UnreadableRow } from '../qubs/schemas.ts'

/** What one complete pass of a practice changed against the one before. */
export type WorklistChanges = {
  readonly added: readonly PendingAppointment[]
  /** `fields`: the names of the members that differ. */
  readonly changed: readonly {
    readonly before: PendingAppointment
    readonly after: PendingAppointment
    readonly fields: readonly string[]
  }[]
  readonly gone: readonly PendingAppointment[]
}

export const noChanges: WorklistChanges = { added: [], changed: [], gone: [] }

export function isChange({ added, changed, gone }: WorklistChanges): boolean {
  return added.length + changed.length + gone.length > 0
}

/**
 * Both lists are of one practice, each appointment at most once; their order does not matter. An appointment whose row
 * came, but could not be read this time, is still pending: it has not gone.
 */
export function diffWorklists(
  before: readonly PendingAppointment[],
  after: readonly PendingAppointment[],
  unreadable: readonly UnreadableRow[] = [],
): WorklistChanges {
  const former = new Map(before.map((row) => [row.appointmentId, row]))
  const present = new Set(after.map((row) => row.appointmentId))
  for (const { appointmentId } of unreadable) if (appointmentId !== null) present.add(appointmentId)
  return {
    added: after.filter((row) => !former.has(row.appointmentId)),
    changed: after.flatMap((row) => {
      const old = former.get(row.appointmentId)
      if (old === undefined || isDeepStrictEqual(old, row)) return []
      return [{ before: old, after: row, fields: changedFields(old, row) }]
    }),
    gone: before.filter((row) => !present.has(row.appointmentId)),
  }
}

function changedFields(before: PendingAppointment, after: PendingAppointment): readonly string[] {
  const old = new Map<string, unknown>(Object.entries(before))
  return Object.entries(after)
    .filter(([name, value]: [string, unknown]) => !isDeepStrictEqual(old.get(name), value))
    .map(([name]) => name)
}
