import type { SoloLinkType } from '../../shared/solo.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Result } from '../http/outcome.ts'
import type { SoloCredentials } from '../vault/credentials.ts'
import type { SoloAttachment, VisitNote } from './answers.ts'
import { attachReport, type AttachOutcome } from './attach-report.ts'
import {
  bookVisit,
  cancelVisit,
  previewPatient,
  rescheduleVisit,
  type Booking,
  type BookingOutcome,
  type PatientPreview,
} from './booking.ts'
import type { CallOptions } from './caller.ts'
import type { SoloClient } from './client.ts'
import { unixSeconds, unixSecondsOf, type UnixSeconds } from './dates.ts'
import { adoptVisit, findVisit, visitForWork, type FoundVisit, type Visit } from './find-visit.ts'
import { guardLink } from './link-guard.ts'
import { contextAwareLink } from './linking.ts'
import { done, refused } from './results.ts'
import { birthDayOf, soloSexOf, type Study } from './study-patient.ts'
import type { VisitMemory } from './visit-memory.ts'

/** What a person does with the visit of a study, for the window. Every link is a login: show no link, keep none. */
export type Visits = {
  readonly find: (study: Study, options?: CallOptions) => Promise<Result<FoundVisit>>
  /** Takes Solo's number for the study's visit, from a person or a webhook. */
  readonly adopt: (study: Study, id: string, options?: CallOptions) => Promise<Result<Visit>>
  readonly previewPatient: (study: Study, options?: CallOptions) => Promise<Result<PatientPreview>>
  readonly book: (study: Study, booking: Booking, options?: CallOptions) => Promise<BookingOutcome>
  readonly reschedule: (
    study: Study,
    id: string,
    to: { readonly date: UnixSeconds; readonly duration?: number | undefined },
    options?: CallOptions,
  ) => Promise<Result<null>>
  readonly cancel: (study: Study, id: string, options?: CallOptions) => Promise<Result<null>>
  /** For the browser or the clipboard, built or asked for at each click; its host is on the list. */
  readonly link: (
    study: Study,
    visit: Visit,
    which: LinkChoice,
    options?: CallOptions,
  ) => Promise<Result<string>>
  /** Which links there are with the secrets that are set. */
  readonly linkChoices: () => Promise<readonly LinkChoice['kind'][]>
  readonly note: (study: Study, id: string, options?: CallOptions) => Promise<Result<readonly VisitNote[]>>
  /** Those that were not deleted. */
  readonly attachments: (
    study: Study,
    id: string,
    options?: CallOptions,
  ) => Promise<Result<readonly SoloAttachment[]>>
  readonly attachReport: (
    study: Study,
    id: string,
    bytes: Uint8Array,
    options?: CallOptions,
  ) => Promise<AttachOutcome>
}

export type LinkChoice =
  | { readonly kind: 'provider' }
  | { readonly kind: 'patient' }
  | { readonly kind: 'teams' }
  /** `user`: who opens it, as Solo knows them. */
  | { readonly kind: 'context'; readonly type: SoloLinkType; readonly user: string }

export type VisitsOptions = {
  readonly client: SoloClient
  readonly memory: VisitMemory
  readonly solo: Settings['solo']
  readonly credentials: () => Promise<SoloCredentials | null>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export function createVisits({ client, memory, solo, credentials, now }: VisitsOptions): Visits {
  const tools = { client, memory, template: solo.visitId }

  const secrets = async (): Promise<Partial<SoloCredentials>> => (await credentials().catch(() => null)) ?? {}

  const rawLink = async (
    study: Study,
    visit: Visit,
    which: LinkChoice,
    options: CallOptions,
  ): Promise<Result<string>> => {
    switch (which.kind) {
      case 'provider':
      case 'patient': {
        const links = await client.getVideoCallLinks(visit.externalId, options)
        if (!links.ok) return links
        const { providerVisitUrl, patientVisitUrl } = links.value
        return done(which.kind === 'provider' ? providerVisitUrl : patientVisitUrl)
      }
      case 'teams': {
        const { teamsAuthToken } = await secrets()
        if (visit.id === null) return withoutNumber()
        if (teamsAuthToken === undefined)
          return refused(
            'no-teams-token',
            'No Teams token for Solo is stored; enter it in the settings.',
            'auth',
          )
        const link = await client.getTeamsProviderLink(visit.id, teamsAuthToken, options)
        return link.ok ? done(link.value.msTeamsProviderVisitUrl) : link
      }
      case 'context': {
        const { linkingSecret } = await secrets()
        if (visit.id === null) return withoutNumber()
        if (linkingSecret === undefined)
          return refused(
            'no-secret',
            'No linking secret for Solo is stored; enter it in the settings.',
            'auth',
          )
        const { patientId, firstName, lastName, gender } = study
        const dob = birthDayOf(study)
        if (dob === null || patientId === null || firstName === null || lastName === null)
          return refused(
            'patient-incomplete',
            "The study lacks the patient's id, name or date of birth, which the link needs; complete it in QUBS.",
          )
        return contextAwareLink(solo.baseUrl, linkingSecret, {
          user: which.user,
          type: which.type,
          visit: visit.id,
          // What Solo gives may be no moment at all; the link wants one.
          date: unixSeconds.safeParse(Math.floor(visit.date ?? Number.NaN)).data ?? unixSecondsOf(now()),
          patient: { id: patientId, sex: soloSexOf(gender), dob, firstName, lastName },
        })
      }
    }
  }

  return {
    find: (study, options) => findVisit(tools, study, options),
    adopt: (study, id, options) => adoptVisit(tools, study, id, options),
    previewPatient: (study, options) => previewPatient(tools, study, options),
    book: (study, booking, options) => bookVisit(tools, study, booking, options),
    reschedule: (study, id, to, options) => rescheduleVisit(tools, study, id, to, options),
    cancel: (study, id, options) => cancelVisit(tools, study, id, options),
    async link(study, visit, which, options = {}) {
      if (visit.patient === 'contradicts')
        return refused(
          'other-patient',
          "The visit in Solo is of a patient with another name or date of birth than the study's; compare the two and correct the wrong one.",
        )
      const link = await rawLink(study, visit, which, options)
      return link.ok ? guardLink(link.value, solo) : link
    },
    async linkChoices() {
      const { teamsAuthToken, linkingSecret } = await secrets()
      return [
        'provider',
        'patient',
        ...(teamsAuthToken === undefined ? [] : (['teams'] as const)),
        ...(linkingSecret === undefined ? [] : (['context'] as const)),
      ]
    },
    async note(study, id, options) {
      const visit = await visitForWork(tools, study, id, options)
      return visit.ok ? client.getVisitNote(id, options) : visit
    },
    async attachments(study, id, options) {
      const visit = await visitForWork(tools, study, id, options)
      if (!visit.ok) return visit
      const all = await client.listAttachments(id, options)
      return all.ok ? { ...all, value: all.value.filter(({ deleted }) => deleted !== true) } : all
    },
    attachReport: (study, id, bytes, options) => attachReport(tools, study, id, bytes, options),
  }
}

function withoutNumber(): Result<never> {
  return refused(
    'no-number',
    "Solo's number of this visit is not known here; type it in from Solo, and the rest of the visit can be used.",
  )
}
