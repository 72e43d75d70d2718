import type { DocumentIdentity, Reading } from '../../shared/document.ts'
import type { Settings } from '../../shared/settings.ts'
import type { SiteTemplate } from '../../shared/site-templates.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { findIdentity } from '../intake/identifiers/find-identity.ts'
import { foundBeyond } from '../intake/identifiers/found-beyond.ts'
import { proposeTemplate } from '../intake/identifiers/propose-template.ts'
import { sitePatterns } from '../intake/identifiers/site-patterns.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { compareBirthDate } from '../matching/birth-date.ts'
import { foldIdentifier } from '../matching/folding.ts'
import { compareName } from '../matching/names.ts'
import { comparePatientId } from '../matching/patient-id.ts'

/** What a person mended by hand, and a label in the settings could mend for good. */
const reasons: ReadonlySet<string> = new Set(['no-match', 'identity-unverified'])

/** Whether a template could be learnt from what this delivery was held for; SRs have no labels. */
export function canSuggestTemplate({ kind, state }: DeliveryRecord): boolean {
  return (
    state.state === 'held' && reasons.has(state.reason) && (kind === 'pdf' || kind === 'encapsulated-pdf')
  )
}

/**
 * A template that a site may add to its settings after a person has chosen an appointment for a document whose labels
 * we do not know, with what it finds in that document. Null where there is nothing to suggest. Nothing is learnt by
 * itself. Pure.
 */
export function suggestTemplate(
  reading: Pick<Reading, 'text' | 'identity'>,
  appointment: PendingAppointment,
  settings: Settings,
): { readonly template: SiteTemplate; readonly found: DocumentIdentity } | null {
  const { dateOrder } = settings.practices.find(({ domain }) => domain === appointment.domain) ?? {}
  const template = proposeTemplate(reading.text, reading.identity, {
    patientId: (value) => comparePatientId(value, appointment.patientId, settings.identity.patientIdIs),
    name: (value) => compareName(value, appointment),
    birthDate: (value) => compareBirthDate(value, appointment.dateOfBirth, dateOrder),
    appointmentId: (value) =>
      foldIdentifier(value) === foldIdentifier(appointment.appointmentId) ? 'agrees' : 'contradicts',
  })
  if (template === null) return null
  // A proposal holds labels only, and no expression that could be slow on a hostile text.
  const found = foundBeyond(reading.identity, findIdentity(reading.text, sitePatterns([template])))
  return { template, found }
}
