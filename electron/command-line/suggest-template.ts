import type { Settings } from '../../shared/settings.ts'
import type { SiteTemplate } from '../../shared/site-templates.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import type { Foundation } from '../station/foundation.ts'
import { canSuggestTemplate, suggestTemplate } from '../station/suggest-template.ts'
import type { CommandContext } from './command.ts'
import { practicesOf } from './setting-up.ts'

/** How long the person's command waits for the appointment: the decision itself is written down already. */
const PATIENCE_MS = 5_000

/**
 * What a site may add to its settings after this decision. Null also where the appointment cannot be read now: a
 * suggestion is worth no failure.
 *
 * @param held the delivery as it was before the person decided
 */
export async function suggestAfter(
  context: CommandContext,
  settings: Settings,
  { journal }: Foundation,
  held: DeliveryRecord | null,
): Promise<SiteTemplate | null> {
  if (held === null || !canSuggestTemplate(held)) return null
  const chosen = journal.get(held.id)?.person?.appointment ?? null
  const reading = journal.document(held.id)?.reading
  if (chosen === null || reading === undefined) return null
  const appointment = await appointmentOf(context, settings, chosen).catch(() => null)
  return appointment === null ? null : (suggestTemplate(reading, appointment, settings)?.template ?? null)
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
