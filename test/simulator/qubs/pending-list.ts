import { z } from 'zod'
import { jsonAnswer, type Answer } from '../core/answer.ts'
import type { Alteration } from '../core/faults.ts'
import { queryParameters, type ReceivedRequest } from '../core/received-request.ts'
import type { Switches } from '../switches.ts'
import type { AppointmentFields, PracticeState } from './practice-state.ts'
import { invalid } from './problem.ts'

const defaultPageSize = 100
const maxPageSize = 500

/** Where a page starts: behind an appointment's position, so that changes in between shift nothing. */
const cursorSchema = z.strictObject({ domain: z.string(), after: z.int(), page: z.int() })
type Cursor = z.infer<typeof cursorSchema>

/** The page a request asks for, from 1; null where its token cannot be read. */
export function pageOf(request: ReceivedRequest): number | null {
  const [token = ''] = queryParameters(request.query).get('nextToken') ?? []
  return token === '' ? 1 : (readCursor(token)?.page ?? null)
}

/**
 * One page of the pending list (Q1).
 * @throws ProblemError 400 for a pageSize outside 1..500 and for a token that is not one of ours.
 */
export function pendingPage(
  domain: string,
  request: ReceivedRequest,
  state: PracticeState,
  switches: Switches,
  alterations: readonly Alteration[],
): Answer {
  const parameters = queryParameters(request.query)
  const pageSize = readPageSize(parameters.get('pageSize'))
  const [token = ''] = parameters.get('nextToken') ?? []
  const start = token === '' ? { domain, after: 0, page: 1 } : readCursor(token)
  if (start === null || start.domain !== domain) throw invalid('nextToken', 'Is not a token of this list.')

  const altered = (kind: Alteration['kind']): boolean => alterations.some((fault) => fault.kind === kind)
  const pending = state.pending(domain)
  const rest = pending.filter(({ position }) => position > start.after)
  const page = altered('empty-page') ? [] : rest.slice(0, pageSize)
  const more = rest.length > page.length
  const last = page.at(-1)?.position ?? start.after
  const following = writeCursor({ domain, after: last, page: start.page + 1 }, switches)
  const nextToken =
    altered('repeated-token') && token !== ''
      ? token
      : more || altered('repeated-token')
        ? following
        : undefined

  const rows = page.map(({ fields }) => fields)
  const [first] = pending
  if (altered('duplicate-row') && first !== undefined) rows.unshift(first.fields)
  let items: object[] = altered('old-rows') ? rows.map(asOldGeneration) : rows
  if (altered('unknown-status')) items = items.map((item) => ({ ...item, status: 'SENT TO THE MOON' }))
  if (altered('unreadable-row')) {
    items = [{ domain, appointmentId: { value: 'A1' }, status: 7, scheduledSite: null }, ...items]
  }
  return jsonAnswer(200, { items, ...(nextToken === undefined ? {} : { nextToken }) })
}

function readPageSize(values: string[] | undefined): number {
  if (values === undefined) return defaultPageSize
  const [text = ''] = values
  const size = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (values.length > 1 || size < 1 || size > maxPageSize) {
    throw invalid('pageSize', `Must be a whole number from 1 to ${maxPageSize}.`)
  }
  return size
}

// A fixed first part that base64 writes with + and /, so that a client that does not encode the token is found out.
const trickyPrefix = '\u00fb\u00ef\u00be'

function writeCursor(cursor: Cursor, switches: Switches): string {
  const json = JSON.stringify(cursor)
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

/** A row as the older generation of the API had it: strings and numbers exchanged, nulls, many more members. */
function asOldGeneration({ patientId = null, ...fields }: AppointmentFields): object {
  const isNumber = patientId !== null && /^[1-9]\d{0,14}$/.test(patientId)
  return {
    ...fields,
    patientId: isNumber ? Number(patientId) : patientId,
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
