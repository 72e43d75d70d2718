import type { CallResult } from '../../../shared/ipc.ts'
import { changedParts, reportTextFault, type ShownPatient } from '../../../shared/composed-report.ts'
import type { ReportPlan, ReportStatus, VersionProblem } from '../../../shared/delivery.ts'
import type { PendingAppointment } from '../../../shared/worklist.ts'
import type { Draft } from '../../drafts/draft-store.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import { versionAmongDelivered } from '../../outbox/delivered-versions.ts'
import { composedPlan, textFaultSentence, type AttachedFile } from '../../station/compose-report.ts'
import { addComposed } from '../../station/send-composed.ts'
import { CallFailed } from './call-failed.ts'
import type { StationSession } from './station-session.ts'
import { clientOf } from './study.ts'

/** From a draft to a delivery: checked against a fresh look at the appointment, written down, then sent as any other. */

export type Checked = CallResult<'compose.check'>

/**
 * Reads the appointment again and compares it with what the person has on screen.
 * @throws CallFailed where QUBS cannot be asked; the draft stays as it is
 */
export async function checkNow(
  session: StationSession,
  draft: Draft,
  status: ReportStatus,
  shown: ShownPatient,
  nowMs: number,
): Promise<Checked> {
  const fault = reportTextFault(draft.text)
  if (fault !== null) throw new CallFailed('invalid', textFaultSentence(fault))
  refuseBrokenClinician(draft)
  const fresh = await clientOf(session, draft.domain).getPending(draft.appointmentId)
  if (!fresh.ok) {
    if (fresh.failure.kind === 'gone') return { kind: 'gone' }
    throw new CallFailed(fresh.failure.kind, `${fresh.failure.message} Nothing was sent; the draft is kept.`)
  }
  const appointment = fresh.value
  const changed = changedParts(shown, appointment)
  if (changed.length > 0) return { kind: 'changed', appointment, changed }
  if (status === 'final' && appointment.dateOfBirth === null) {
    throw new CallFailed(
      'refused',
      'QUBS gives no birth date for this patient, so a final report cannot be confirmed. Send it as preliminary, or in QUBS itself.',
    )
  }
  const files = await filesOf(session, draft)
  const plan = planOf({ draft, appointment, status, files, by: '', releases: null, nowMs })
  return { kind: 'ready', appointment, releases: releaseNeeded(session, draft.id, plan) }
}

export type HandOver = {
  readonly draft: Draft
  readonly appointment: PendingAppointment
  readonly by: string
  readonly releases: VersionProblem | null
}

/** Writes the delivery down durably, under the draft's own id. @throws CallFailed */
export async function handOver(
  session: StationSession,
  { draft, appointment, by, releases }: HandOver,
  nowMs: number,
): Promise<DeliveryRecord> {
  const files = await filesOf(session, draft)
  const plan = planOf({ draft, appointment, status: draft.status, files, by, releases, nowMs })
  return addComposed({ foundation: session.foundation, now: () => nowMs }, plan, files, draft.id)
}

function planOf(parts: {
  readonly draft: Draft
  readonly appointment: PendingAppointment
  readonly status: ReportStatus
  readonly files: readonly AttachedFile[]
  readonly by: string
  readonly releases: VersionProblem | null
  readonly nowMs: number
}): ReportPlan {
  const { draft, appointment, status, files, by, releases, nowMs } = parts
  return composedPlan({
    appointment,
    status,
    text: draft.text,
    clinician: draft.clinician,
    files,
    confirmedBy: by,
    releases,
    atMs: nowMs,
  })
}

/** What was delivered before speaks against it, and a person may release it; null: nothing does. @throws CallFailed */
function releaseNeeded(session: StationSession, id: string, plan: ReportPlan): VersionProblem | null {
  const version = versionAmongDelivered(session.foundation.journal, id, plan)
  switch (version.kind) {
    case 'send':
      return null
    case 'duplicate':
      throw new CallFailed('refused', 'This very report has already been delivered; nothing was sent.')
    case 'superseded':
    case 'already-final':
    case 'correction':
      return version.kind
  }
}

function refuseBrokenClinician({ clinician }: Draft): void {
  if (Object.values(clinician).every((value) => value.isWellFormed())) return
  throw new CallFailed('invalid', 'A field of the clinician has half a character; type it again.')
}

async function filesOf(session: StationSession, draft: Draft): Promise<AttachedFile[]> {
  return Promise.all(
    draft.attachments.map(async ({ id, kind }, index) => {
      const bytes = await session.drafts.loadFile(id)
      if (bytes === null) {
        throw new CallFailed('gone', 'An attached file is not there any more; remove it and attach it again.')
      }
      return { name: `attachment-${index + 1}`, bytes, kind }
    }),
  )
}
