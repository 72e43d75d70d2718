import type { CallResult } from '../../../shared/ipc.ts'
import type { ReportPlan } from '../../../shared/delivery.ts'
import { sameAppointment, type AppointmentKey, type PendingAppointment } from '../../../shared/worklist.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import { CallFailed } from './call-failed.ts'
import type { SoloSession } from './solo-sessions.ts'
import type { StationSession } from './station-session.ts'

/** The report that was delivered last for a study, and its way to the study's visit in Solo. */

type Delivered = { readonly record: DeliveryRecord; readonly plan: ReportPlan }

/** Only the newest: an older one beside it in Solo would say two things about one study. */
function newestDelivered({ book }: StationSession, key: AppointmentKey): Delivered | null {
  return (
    book
      .all()
      .flatMap((record): Delivered[] => {
        const { plan, state } = record
        const isOfStudy = plan?.kind === 'report' && sameAppointment(plan, key)
        return isOfStudy && state.state === 'delivered' ? [{ record, plan }] : []
      })
      .toSorted((a, b) => placeOf(a.record) - placeOf(b.record) || a.record.seq - b.record.seq)
      .at(-1) ?? null
  )
}

function placeOf({ version }: DeliveryRecord): number {
  return version?.number ?? 0
}

/** Its PDFs, in the order in which they were delivered. */
export function reportsOf(session: StationSession, key: AppointmentKey): CallResult<'solo.reports'> {
  const newest = newestDelivered(session, key)
  if (newest === null) return { reports: [], isWithoutPdf: false }
  const { record, plan } = newest
  const reports = plan.files.flatMap(({ contentType, fileName, sizeBytes }, index) =>
    contentType === 'application/pdf'
      ? [{ delivery: record.id, index, file: fileName, status: plan.status, sizeBytes }]
      : [],
  )
  return { reports, isWithoutPdf: reports.length === 0 }
}

/** The very bytes that were delivered. @throws CallFailed */
export async function attachDelivered(
  { session, visits }: SoloSession,
  study: PendingAppointment,
  { visit, delivery, index }: { readonly visit: string; readonly delivery: string; readonly index: number },
): Promise<CallResult<'solo.attachReport'>> {
  const newest = newestDelivered(session, study)
  if (newest === null || newest.record.id !== delivery)
    throw new CallFailed('refused', 'Another report was delivered since; look at the list again.')
  const bytes = await session.fileBytes.planned(newest.record, newest.plan, index)
  if (bytes === null)
    throw new CallFailed(
      'gone',
      'The bytes of this report are no longer kept here; attach the PDF in Solo itself.',
    )
  const outcome = await visits.attachReport(study, visit, bytes)
  switch (outcome.kind) {
    case 'attached':
      return { kind: 'attached', isNearLimit: outcome.isNearLimit }
    case 'already-there':
      return { kind: 'already-there' }
    case 'refused':
    case 'unknown':
      return { kind: outcome.kind, message: outcome.failure.message }
  }
}
