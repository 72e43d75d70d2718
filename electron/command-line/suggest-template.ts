import type { Settings } from '../../shared/settings.ts'
import type { SiteTemplate } from '../../shared/site-templates.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { proposeTemplate } from '../intake/identifiers/propose-template.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { compareBirthDate } from '../matching/birth-date.ts'
import { foldIdentifier } from '../matching/folding.ts'
import { compareName } from '../matching/names.ts'
import { comparePatientId } from '../matching/patient-id.ts'
import type { Foundation } from '../station/foundation.ts'
import type { CommandContext } from './command.ts'
import { practicesOf } from './setting-up.ts'

/** How long the person's command waits for the appointment: the decision itself is written down already. */
const PATIENCE_MS = 5_000

/** What a person mended by hand, and a label in the settings could mend for good. */
const reasons: ReadonlySet<string> = new Set(['no-match', 'identity-unverified'])

/**
 * A template that a site may add to its settings after a person has chosen an appointment for a PDF whose labels we
 * do not know. Null where there is nothing to suggest, or the appointment cannot be read now: a suggestion is worth no
 * failure. Nothing is learnt by itself.
 *
 * @param held the delivery as it was before the person decided
 */
export async function suggestTemplate(
  context: CommandContext,
  settings: Settings,
  { journal }: Foundation,
  held: DeliveryRecord | null,
): Promise<SiteTemplate | null> {
  if (held?.state.state !== 'held' || !reasons.has(held.state.reason)) return null
  if (held.kind !== 'pdf' && held.kind !== 'encapsulated-pdf') return null
  const chosen = journal.get(held.id)?.person?.appointment ?? null
  const reading = journal.document(held.id)?.reading
  if (chosen === null || reading === undefined) return null
  const appointment = await appointmentOf(context, settings, chosen).catch(() => null)
  if (appointment === null) return null
  const dateOrder = settings.practices.find((practice) => practice.domain === chosen.domain)?.dateOrder
  return proposeTemplate(reading.text, reading.identity, {
    patientId: (value) => comparePatientId(value, appointment.patientId, settings.identity.patientIdIs),
    name: (value) => compareName(value, appointment),
    birthDate: (value) => compareBirthDate(value, appointment.dateOfBirth, dateOrder),
    appointmentId: (value) =>
      foldIdentifier(value) === foldIdentifier(appointment.appointmentId) ? 'agrees' : 'contradicts',
  })
}

async function appointmentOf(
  context: CommandContext,
  settings: Settings,
  { domain, appointmentId }: { readonly domain: string; readonly appointmentId: string },
): Promise<PendingAppointment | null> {
  const practices = practicesOf(settings, context)
  try {
    const signal = AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE_MS)])
    const answer = await practices.clients.get(domain)?.getPending(appointmentId, { signal })
    return answer?.ok === true ? answer.value : null
  } finally {
    await practices.close()
  }
}

/** For a person: what to put where. */
export function describeSuggestion(template: SiteTemplate): string {
  return `Suggestion: this report names the patient or the study behind labels that Radpost does not know. To have them read, add this to "reports": {"templates": […]} in settings.json, with a name of your own:\n${JSON.stringify(template, null, 2)}`
}
