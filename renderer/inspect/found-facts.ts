import type { DocumentIdentity } from '../../shared/document.ts'
import type { Fact } from '../ui/facts.tsx'
import { words } from '../words.ts'

/** What was found in a document, by name; what is not there is left out. */
export function foundFacts(identity: DocumentIdentity): readonly Fact[] {
  const labels = words.inspect.facts
  const lines: readonly Fact[] = [
    [labels.names, identity.names.join('; ')],
    [
      labels.birthDates,
      identity.birthDates
        .map(({ printed, readings }) =>
          readings.length > 1 ? words.inspect.ambiguousDate({ date: printed }) : printed,
        )
        .join('; '),
    ],
    [labels.patientIds, identity.patientIds.join('; ')],
    [labels.sexes, identity.sexes.join('; ')],
    [labels.appointmentIds, identity.appointmentIds.join('; ')],
    [labels.accessionNumbers, identity.accessionNumbers.join('; ')],
    [labels.studyInstanceUids, identity.studyInstanceUids.join('; ')],
  ]
  return lines.filter(([, value]) => value !== '')
}
