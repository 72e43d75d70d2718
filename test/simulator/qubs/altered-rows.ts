import { z } from 'zod'
import type { Alteration } from '../core/faults.ts'

/** The faults that touch the rows of a list. */

export function isAltered(alterations: readonly Alteration[], kind: Alteration['kind']): boolean {
  return alterations.some((fault) => fault.kind === kind)
}

/** @param first the first row of the whole list, for a row that comes twice; null where the list is empty. */
export function alteredRows(
  rows: readonly object[],
  first: object | null,
  domain: string,
  alterations: readonly Alteration[],
): object[] {
  const altered = (kind: Alteration['kind']): boolean => isAltered(alterations, kind)
  let items = altered('duplicate-row') && first !== null ? [first, ...rows] : [...rows]
  if (altered('old-rows')) items = items.map(asOldGeneration)
  if (altered('unknown-status')) items = items.map((item) => ({ ...item, status: 'SENT TO THE MOON' }))
  if (altered('unreadable-row')) {
    items = [{ domain, appointmentId: { value: 'A1' }, status: 7, scheduledSite: null }, ...items]
  }
  return items
}

const withPatientId = z.looseObject({ patientId: z.string().regex(/^[1-9]\d{0,14}$/) })

/** A row as the older generation of the API had it: strings and numbers exchanged, nulls, many more members. */
function asOldGeneration(row: object): object {
  const read = withPatientId.safeParse(row)
  return {
    ...row,
    ...(read.success ? { patientId: Number(read.data.patientId) } : {}),
    startTime: null,
    endTime: null,
    reportNeededBy: null,
    radiologistUser: null,
    serviceItems: null,
    key: '88',
    batchSk: '1204',
    scanTotalTime: '12',
    billingStatus: 'active',
    copyToList: null,
    createdDate: '01-01-2025',
    country: 'AU',
  }
}
