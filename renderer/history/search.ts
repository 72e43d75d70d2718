import type { CallArgs } from '../../shared/ipc.ts'

/** The history's filters as a person sets them; an empty text asks for nothing. */
export type HistoryFilters = {
  readonly text: string
  /** Local days, `yyyy-MM-dd`; both are within. */
  readonly from: string
  readonly to: string
  readonly status: string
  readonly kind: string
  readonly result: string
}

export const noHistoryFilters: HistoryFilters = {
  text: '',
  from: '',
  to: '',
  status: '',
  kind: '',
  result: '',
}

/** Lines of one page. */
export const PAGE = 100

type Search = CallArgs<'history.search'>

/** What main is asked for: local days become instants, the last day is in it to its end. */
export function searchFor(filters: HistoryFilters, offset: number): Search {
  return {
    text: filters.text.trim(),
    ...daysBetween(filters.from, filters.to),
    status: oneOf(['preliminary', 'final'] as const, filters.status),
    kind: oneOf(['pdf', 'sr', 'encapsulated-pdf', 'comment', 'composed'] as const, filters.kind),
    result: oneOf(['delivered', 'duplicate', 'discarded', 'open'] as const, filters.result),
    offset,
    limit: PAGE,
  }
}

/** From the first moment of one local day to the first after the other; null where a day is not given. */
export function daysBetween(from: string, to: string): { from: string | null; to: string | null } {
  return { from: startOf(from, 0), to: startOf(to, 1) }
}

/** Local midnight, `days` later: not 24 hours later, for two days a year are not that long. */
function startOf(day: string, days: number): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(day)
  if (parts === null) return null
  const date = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + days)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

function oneOf<Value extends string>(values: readonly Value[], text: string): Value | null {
  return values.find((value) => value === text) ?? null
}
