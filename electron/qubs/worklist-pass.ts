import type { PendingAppointment } from '../../shared/worklist.ts'
import type { Result } from '../http/outcome.ts'
import { local } from './local-failure.ts'
import type { PendingPage, Rows, UnreadableRow } from './schemas.ts'

/** More pages than any practice has: a guard against a server that never ends. */
export const MAX_PAGES = 10_000

/** Every pending appointment of a complete pass, each once, and the rows that could not be read. */
export type Worklist = Rows<PendingAppointment> & { readonly pages: number }

/**
 * Follows the cursor to its end. Any page that fails makes the whole pass a failure, because a part of the list would
 * look as if studies had gone (api-notes D). An empty page with a token is not the end (contract 1.3). The list can
 * change while it is read, so an appointment may come twice: the later row counts.
 */
export async function readWholeWorklist(
  readPage: (nextToken: string | null) => Promise<Result<PendingPage>>,
): Promise<Result<Worklist>> {
  const byId = new Map<string, PendingAppointment>()
  const unreadable: UnreadableRow[] = []
  const seen = new Set<string>()
  let nextToken: string | null = null
  for (let pages = 1; pages <= MAX_PAGES; pages += 1) {
    const page: Result<PendingPage> = await readPage(nextToken)
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
        'QUBS gave the same page of the worklist twice, so the list is not complete.',
      )
    }
    seen.add(nextToken)
  }
  return stuck(
    'too-many-pages',
    `The worklist has more than ${MAX_PAGES} pages, so it was not read to its end.`,
  )
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
