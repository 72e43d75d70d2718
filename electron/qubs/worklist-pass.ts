import type { PendingAppointment } from '../../shared/worklist.ts'
import type { Result } from '../http/outcome.ts'
import { local } from '../http/local-failure.ts'
import type { Page, Rows, UnreadableRow } from './schemas.ts'

/** More pages than any practice has: a guard against a server that never ends. */
export const MAX_PAGES = 10_000

type Named = { readonly appointmentId: string }

/** Every row of a complete pass, each appointment once, and the rows that could not be read. */
export type WholeList<T> = Rows<T> & { readonly pages: number }
export type Worklist = WholeList<PendingAppointment>

/**
 * Follows the cursor to its end. Any page that fails makes the whole pass a failure, because a part of the list would
 * look as if studies had gone (api-notes D). An empty page with a token is not the end (contract 1.3). The list can
 * change while it is read, so an appointment may come twice: the later row counts.
 */
export async function readWholeList<T extends Named>(
  readPage: (nextToken: string | null) => Promise<Result<Page<T>>>,
): Promise<Result<WholeList<T>>> {
  const byId = new Map<string, T>()
  const unreadable: UnreadableRow[] = []
  const seen = new Set<string>()
  let nextToken: string | null = null
  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    const page: Result<Page<T>> = await readPage(nextToken)
    if (!page.ok) return page
    for (const item of page.value.items) byId.set(item.appointmentId, item)
    unreadable.push(...page.value.unreadable)
    nextToken = page.value.nextToken
    if (nextToken === null) {
      return { ...page, value: { items: [...byId.values()], unreadable: distinct(unreadable, byId), pages } }
    }
    if (seen.has(nextToken)) {
      return stuck(
        'repeated-token',
        'QUBS gave the same page of the list twice, so the list is not complete.',
      )
    }
    seen.add(nextToken)
  }
  return stuck('too-many-pages', `The list has more than ${MAX_PAGES} pages, so it was not read to its end.`)
}

/** Rows asked for at once, and how far a list without a cursor can be read at all (contract 1.3 "Offset"). */
export const MAX_TAKE = 500
export const MAX_SKIP = 10_000

/**
 * Reads a list without a cursor to its end: until a part has fewer rows than were asked for. Beyond `MAX_SKIP` nothing
 * can be read, so a longer list is a failure that says how to narrow it, never a part of it.
 */
export async function readWholeOffsetList<T extends Named>(
  readPart: (skip: number, take: number) => Promise<Result<Rows<T>>>,
): Promise<Result<WholeList<T>>> {
  const byId = new Map<string, T>()
  const unreadable: UnreadableRow[] = []
  for (let skip = 0; skip <= MAX_SKIP; skip += MAX_TAKE) {
    const part: Result<Rows<T>> = await readPart(skip, MAX_TAKE)
    if (!part.ok) return part
    const { items, unreadable: bad } = part.value
    const known = byId.size
    for (const item of items) byId.set(item.appointmentId, item)
    unreadable.push(...bad)
    const count = items.length + bad.length
    if (count < MAX_TAKE) {
      const value = {
        items: [...byId.values()],
        unreadable: distinct(unreadable, byId),
        pages: skip / MAX_TAKE + 1,
      }
      return { ...part, value }
    }
    if (byId.size === known && bad.length === 0) {
      return stuck('repeated-page', 'QUBS gave the same part of the list twice, so the list is not complete.')
    }
  }
  const message = `More than ${MAX_SKIP + MAX_TAKE} appointments match, more than QUBS gives out; name a date or a site.`
  return { ok: false, failure: local('validation', 'too-many-rows', message) }
}

/** Of rows with an id, one each, and none whose appointment could be read after all; rows without an id all stay. */
function distinct(
  rows: readonly UnreadableRow[],
  readable: ReadonlyMap<string, unknown>,
): readonly UnreadableRow[] {
  const known = new Set<string>()
  return rows.filter(({ appointmentId }) => {
    if (appointmentId === null) return true
    if (known.has(appointmentId)) return false
    known.add(appointmentId)
    return !readable.has(appointmentId)
  })
}

function stuck(code: string, message: string): Result<never> {
  return { ok: false, failure: local('unknown', code, message) }
}
