import type { Switches } from '../switches.ts'
import type { QualiphyInvite, QualiphyPatientExam } from './qualiphy-state.ts'

/** Bodies of the webhooks (contract 5.3). Only the first kind names the exam's outcome; the third names no patient. */

const clinicName = 'Simulated Imaging'

export function resultBody(
  invite: QualiphyInvite,
  { patientExamId, exam, status }: QualiphyPatientExam,
  switches: Switches,
): Record<string, unknown> {
  const id = (value: number): string | number =>
    switches.qualiphyWebhookIds === 'text' ? String(value) : value
  return {
    reason: '',
    exam_id: id(exam.id),
    exam_url: `https://app.qualiphy.me/exams/${invite.meetingUuid}.pdf`,
    exam_name: exam.title,
    rx_status: exam.rxType === null ? null : 'pending',
    clinic_name: clinicName,
    exam_status: status,
    patient_email: invite.fields.email,
    provider_name: 'Dr. Rory Smith',
    additional_data: invite.fields.additional_data ?? null,
    patient_exam_id: id(patientExamId),
    questions_answers: [{ no: 1, question: 'Are you well?', answer: 'Yes' }],
    patient_phone_number: invite.fields.phone_number,
  }
}

/** A prescription was written: the result with the drug. */
export function prescriptionBody(
  invite: QualiphyInvite,
  patientExam: QualiphyPatientExam,
  switches: Switches,
): Record<string, unknown> {
  return {
    ...resultBody(invite, patientExam, switches),
    quantity: '30',
    directions: 'Once a day',
    drug_details: { name: 'Simulated drug', strength: '10 mg' },
    duration_days: 30,
    refill_amount: 0,
    schedule_code: null,
    quantity_units: 'Tablet',
    dispense_number: 1,
    prescription_id: `RX-${patientExam.patientExamId}`,
  }
}

/** A parcel is on its way: nothing in it says whose. */
export function trackingBody(patientExam: QualiphyPatientExam, nowMs: number): Record<string, unknown> {
  return {
    prescription_tracking: [
      {
        pharmacy_location: 'Simulated pharmacy',
        rx_number: `RX-${patientExam.patientExamId}`,
        tracking_number: '1Z999',
        delivery_service: 'Ground',
        ship_carrier: 'Simulated carrier',
      },
    ],
    created_at: new Date(nowMs).toISOString(),
  }
}
