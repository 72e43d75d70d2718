import { z } from 'zod'

/** The words of Teladoc Health Solo's External API that both processes use (contract 3). */

/** Statuses of an appointment as the vendor's page lists them; others may come and are kept as text. */
export const soloAppointmentStatuses = [
  'scheduled',
  'arrived',
  'in progress.intake.ready',
  'in progress.intake.progress',
  'in progress.exam.ready',
  'in progress.exam.progress',
  'discharge.ready',
  'discharge.progress',
  'completed',
  'sign off',
  'cancelled',
  'not showed up',
] as const
export type SoloAppointmentStatus = (typeof soloAppointmentStatuses)[number]

/** Statuses of the video call of an appointment. */
export const soloVideoCallStatuses = [
  'LWBS',
  'incomplete',
  'complete',
  'finalizing',
  'on hold',
  'on call',
  'waiting',
] as const
export type SoloVideoCallStatus = (typeof soloVideoCallStatuses)[number]

export const soloWebhookEvents = [
  'patient:created',
  'patient:updated',
  'patient:deactivated',
  'appointment:scheduled',
  'appointment:rescheduled',
  'appointment:cancelled',
  'appointment:completed',
  'appointment:incompleted',
  'appointment:no-show',
  'appointment:lwbs',
  'episode:created',
  'episode:updated',
] as const
export type SoloWebhookEvent = (typeof soloWebhookEvents)[number]

/** For whom a context-aware link is (contract 4.3). */
export const soloLinkTypes = ['patient', 'medicalAssistant', 'provider'] as const
export type SoloLinkType = (typeof soloLinkTypes)[number]

export const soloSexes = ['male', 'female', 'other', 'unknown'] as const
export type SoloSex = (typeof soloSexes)[number]

/** Upper case on write, lower case on read (contract 3.6): compare without regard to case. */
export const soloEpisodeStatuses = [
  'PLANNING',
  'WAITLIST',
  'ACTIVE',
  'ONHOLD',
  'FINISHED',
  'CANCELED',
] as const

export const soloAttachmentTypes = [
  'application/pdf',
  'application/x-pdf',
  'image/pdf',
  'image/png',
  'image/jpeg',
] as const
export type SoloAttachmentType = (typeof soloAttachmentTypes)[number]

/** Largest attachment in bytes: "5Mb" read as 5 MiB (contract 3.5). */
export const MAX_SOLO_ATTACHMENT_BYTES = 5_242_880
/** Above this many bytes "5Mb" may already be exceeded, if the vendor counts in millions. */
export const SOLO_ATTACHMENT_WARNING_BYTES = 5_000_000

/** Shortest and longest visit in seconds (contract 3.3). */
export const MIN_SOLO_DURATION_SECONDS = 1
export const MAX_SOLO_DURATION_SECONDS = 86_400

/** What goes on in a visit, in one word. `waiting`: the patient is there, and nobody has joined yet. */
export const visitStatusKinds = [
  'scheduled',
  'waiting',
  'arrived',
  'completed',
  'cancelled',
  'missed',
] as const

/** What goes on in a visit, for the window. Words that the vendor's page does not have are kept as they came. */
export type VisitStatus =
  | { readonly kind: (typeof visitStatusKinds)[number] }
  | { readonly kind: 'in-progress'; readonly onCall: boolean }
  | { readonly kind: 'unknown'; readonly text: string }

/** The default of `solo.visitId`. */
export const DEFAULT_VISIT_ID = '{domain}:{appointmentId}'

/**
 * The template of a visit's externalId. `{appointmentId}` must be in it, so that two studies never share a visit. No
 * slash and no other character that a server in between may decode or normalise: the id stands in a path.
 */
export const visitIdTemplate = z
  .string()
  .max(100, { error: 'may have at most 100 characters' })
  .refine((text) => text.includes('{appointmentId}'), { error: 'must have {appointmentId} in it' })
  .refine((text) => /^[A-Za-z0-9._~:-]*$/.test(text.replaceAll(/\{(?:domain|appointmentId)\}/g, '')), {
    error: 'may have letters, digits and . _ ~ : - beside {domain} and {appointmentId}',
  })

/** The externalId of a study's visit. */
export function visitIdOf(
  template: string,
  study: { readonly domain: string; readonly appointmentId: string },
): string {
  return template.replaceAll(/\{(domain|appointmentId)\}/g, (_, part: string) =>
    part === 'domain' ? study.domain : study.appointmentId,
  )
}

/** A host as `solo.linkHosts` names it: lower case, without scheme, path and wild cards; a port is allowed. */
export const linkHost = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/, {
    error: 'must be a host name in lower case such as visit.example.org, without https:// and without a path',
  })
