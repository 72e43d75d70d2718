import { changedParts } from '../../shared/composed-report.ts'
import type { ReportPlan } from '../../shared/delivery.ts'
import { sameAppointment, type PendingAppointment } from '../../shared/worklist.ts'
import type { Happening } from './transition.ts'

/**
 * Why a fresh look at its appointment forbids sending a report that a person wrote; null when it does not. There is no
 * document to prove the patient from: the proof is that the patient is still the one whom the person saw.
 */
export function recheckComposed(plan: ReportPlan, fresh: PendingAppointment): Happening | null {
  const { appointmentId, shownPatient } = plan
  if (!sameAppointment(plan, fresh)) return { type: 'held', reason: 'gone', message: goneMessage(plan) }
  if (shownPatient === undefined || changedParts(shownPatient, fresh).length === 0) return null
  return {
    type: 'held',
    reason: 'gone',
    message: `Appointment ${appointmentId} shows another patient than when this report was written, so nothing was sent. Look at the study; discard this delivery to go on with its text.`,
  }
}

export function goneMessage({ appointmentId }: ReportPlan): string {
  return `Appointment ${appointmentId} is no longer pending reporting, so nothing was sent.`
}
