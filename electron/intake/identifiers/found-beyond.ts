import type { DocumentIdentity } from '../../../shared/document.ts'

/** What `more` holds and `known` does not: what a template adds to the built-in rules. Pure. */
export function foundBeyond(known: DocumentIdentity, more: DocumentIdentity): DocumentIdentity {
  return {
    patientIds: without(known.patientIds, more.patientIds),
    names: without(known.names, more.names),
    birthDates: without(known.birthDates, more.birthDates),
    sexes: without(known.sexes, more.sexes),
    accessionNumbers: without(known.accessionNumbers, more.accessionNumbers),
    studyInstanceUids: without(known.studyInstanceUids, more.studyInstanceUids),
    appointmentIds: without(known.appointmentIds, more.appointmentIds),
  }
}

function without<T>(before: readonly T[], after: readonly T[]): T[] {
  const seen = new Set(before.map((value) => JSON.stringify(value)))
  return after.filter((value) => !seen.has(JSON.stringify(value)))
}
