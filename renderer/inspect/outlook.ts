import type { HeldReason, ReportStatus } from '../../shared/delivery.ts'
import type { CallResult } from '../../shared/ipc.ts'

export type Inspection = CallResult<'inspect.file'>

/** What would become of the file in the drop folder, as far as the file and the worklist tell. */
export type Outlook =
  | { readonly kind: 'send'; readonly appointmentId: string; readonly status: ReportStatus }
  | { readonly kind: 'hold'; readonly reason: HeldReason }
  | { readonly kind: 'unknown' }

/** In the order in which the station asks: is it a report, whose is it, as what (interfaces.md 4 and 5). */
export function outlookOf({ reason, match, status }: Inspection): Outlook {
  if (reason !== null) return { kind: 'hold', reason }
  if (match === null) return { kind: 'unknown' }
  if (match.reason !== null) return { kind: 'hold', reason: match.reason }
  const [candidate] = match.candidates
  if (candidate === undefined || status === null) return { kind: 'unknown' }
  if (status === 'unclear') return { kind: 'hold', reason: 'status-unclear' }
  return { kind: 'send', appointmentId: candidate.appointmentId, status }
}
