import { z } from 'zod'
import { jsonAnswer, type Answer } from '../core/answer.ts'
import type { Alteration } from '../core/faults.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import type { Switches } from '../switches.ts'
import { alteredRows, isAltered } from './altered-rows.ts'
import { parameter, wholeNumber } from './list-query.ts'
import type { AppointmentRecord } from './practice-state.ts'
import { invalid } from './problem.ts'

/** Where a page starts: behind an appointment's position, so that changes in between shift nothing. */
const cursorSchema = z.strictObject({ list: z.string(), after: z.int(), page: z.int() })
type Cursor = z.infer<typeof cursorSchema>

export type CursorList = {
  /** A token of one list is refused by another. */
  readonly name: string
  readonly domain: string
  /** In order of creation. */
  readonly records: readonly AppointmentRecord[]
  readonly view: (record: AppointmentRecord) => object
}

/** The page a request asks for, from 1; null where its token cannot be read. */
export function pageOf(request: ReceivedRequest): number | null {
  const token = new URLSearchParams(request.query).get('nextToken') ?? ''
  return token === '' ? 1 : (readCursor(token)?.page ?? null)
}

/**
 * One page of a list with a cursor (Q1, Q13, Q16, Q24).
 * @throws ProblemError 400 for a pageSize outside the bounds and for a token that is not one of this list.
 */
export function cursorPage(
  { name, domain, records, view }: CursorList,
  request: ReceivedRequest,
  switches: Switches,
  alterations: readonly Alteration[],
): Answer {
  const pageSize = wholeNumber(request, 'pageSize', {
    least: 1,
    most: switches.maxPageSize,
    byDefault: Math.min(100, switches.maxPageSize),
  })
  const token = parameter(request, 'nextToken') ?? ''
  const list = `${domain} ${name}`
  const start = token === '' ? { list, after: 0, page: 1 } : readCursor(token)
  if (start === null || start.list !== list) throw invalid('nextToken', 'Is not a token of this list.')

  const rest = records.filter(({ position }) => position > start.after)
  const page = isAltered(alterations, 'empty-page') ? [] : rest.slice(0, pageSize)
  const more = rest.length > page.length
  const last = page.at(-1)?.position ?? start.after
  const following = writeCursor({ list, after: last, page: start.page + 1 }, switches)
  const repeats = isAltered(alterations, 'repeated-token')
  const nextToken = repeats && token !== '' ? token : more || repeats ? following : undefined
  const first = records[0]
  const items = alteredRows(page.map(view), first === undefined ? null : view(first), domain, alterations)
  return jsonAnswer(200, { items, ...(nextToken === undefined ? {} : { nextToken }) })
}

// A fixed first part that base64 writes with + and /, so that a client that does not encode the token is found out.
const trickyPrefix = '\u00fb\u00ef\u00be'

function writeCursor(cursor: Cursor, switches: Switches): string {
  // Anything beyond ASCII in a domain or status would not survive the way through Latin-1.
  const json = JSON.stringify(cursor).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  if (switches.cursorStyle === 'url-safe') return Buffer.from(json).toString('base64url')
  const padding = ' '.repeat((4 - ((json.length + trickyPrefix.length) % 3)) % 3)
  return Buffer.from(`${trickyPrefix}${json}${padding}`, 'latin1').toString('base64')
}

function readCursor(token: string): Cursor | null {
  if (!/^[\w+/=-]+$/.test(token)) return null
  const text = Buffer.from(token, 'base64').toString('latin1')
  const json = text.startsWith(trickyPrefix) ? text.slice(trickyPrefix.length) : text
  try {
    return cursorSchema.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}
