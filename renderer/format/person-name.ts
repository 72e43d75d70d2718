import type { PendingAppointment } from '../../shared/worklist.ts'

/** The patient's name for a heading: family name first, as a worklist is searched; empty where it is not known. */
export function patientName(appointment: PendingAppointment): string {
  const { lastName, firstName, patientName: whole } = appointment
  if (lastName !== null && firstName !== null) return `${lastName}, ${firstName}`
  return whole ?? lastName ?? firstName ?? ''
}
