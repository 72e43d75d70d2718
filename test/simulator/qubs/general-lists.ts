import { jsonAnswer, type Answer } from '../core/answer.ts'
import type { Alteration } from '../core/faults.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import type { Switches } from '../switches.ts'
import { alteredRows } from './altered-rows.ts'
import { cursorPage } from './cursor-list.ts'
import { operationalView, summaryView } from './general-views.ts'
import { date, parameter, wholeNumber } from './list-query.ts'
import type { AppointmentRecord, PracticeState } from './practice-state.ts'

/** The lists of the general and the referrer endpoints (Q11, Q13, Q14, Q16, Q24). */

export const offsetListEndpoints = [
  'general-list',
  'operational-list',
  'referrer-list',
  'referrer-operational-list',
] as const
export type OffsetListEndpoint = (typeof offsetListEndpoints)[number]

export const statusListEndpoints = [
  'general-by-status',
  'operational-by-status',
  'referrer-by-status',
  'referrer-operational-by-status',
] as const
export type StatusListEndpoint = (typeof statusListEndpoints)[number]

export type ListTools = {
  readonly state: PracticeState
  readonly switches: Switches
  readonly alterations: readonly Alteration[]
}

/** @throws ProblemError 400 for a parameter outside its bounds. */
export function offsetList(
  endpoint: OffsetListEndpoint,
  domain: string,
  request: ReceivedRequest,
  { state, switches, alterations }: ListTools,
): Answer {
  const skip = wholeNumber(request, 'skip', { least: 0, most: 10_000, byDefault: 0 })
  const take = wholeNumber(request, 'take', { least: 1, most: 500, byDefault: 100 })
  const day = date(request, 'appointmentDate')
  const site = parameter(request, 'scheduledSite')
  const matching = seen(endpoint, domain, request, state).filter(
    ({ fields }) =>
      (day === null || fields.appointmentDate === day) &&
      (site === undefined || fields.scheduledSite === site),
  )
  const view = viewOf(endpoint, switches)
  const rows = matching.slice(skip, skip + take).map(view)
  const first = matching[0]
  return jsonAnswer(200, alteredRows(rows, first === undefined ? null : view(first), domain, alterations))
}

/** @throws ProblemError 400 for a parameter outside its bounds and a token of another list. */
export function statusList(
  endpoint: StatusListEndpoint,
  domain: string,
  status: string,
  request: ReceivedRequest,
  { state, switches, alterations }: ListTools,
): Answer {
  const records = seen(endpoint, domain, request, state).filter(({ fields }) => fields.status === status)
  const view = viewOf(endpoint, switches)
  return cursorPage({ name: `${endpoint} ${status}`, domain, records, view }, request, switches, alterations)
}

function viewOf(
  endpoint: OffsetListEndpoint | StatusListEndpoint,
  switches: Switches,
): (record: AppointmentRecord) => object {
  const view = endpoint.includes('operational') ? operationalView : summaryView
  return (record) => view(record, switches)
}

/**
 * Everything of the domain; for the referrer views, what has a referring doctor, within the days asked for. Whose
 * referrals a real client sees is settled by its token, which this simulator does not go into.
 */
function seen(
  endpoint: OffsetListEndpoint | StatusListEndpoint,
  domain: string,
  request: ReceivedRequest,
  state: PracticeState,
): AppointmentRecord[] {
  const all = state.ofDomain(domain)
  if (!endpoint.startsWith('referrer')) return all
  const startDate = date(request, 'startDate')
  const endDate = date(request, 'endDate')
  wholeNumber(request, 'clientUtcOffsetMinutes', { least: -720, most: 840, byDefault: 0 })
  return all.filter(({ fields: { doctorName, appointmentDate } }) => {
    if ((doctorName ?? '') === '') return false
    const day = appointmentDate ?? ''
    return (startDate === null || day >= startDate) && (endDate === null || (day !== '' && day <= endDate))
  })
}
