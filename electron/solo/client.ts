import { sleep as realSleep, type Sleep } from '../http/retry.ts'
import { appointmentCalls, type AppointmentCalls } from './appointment-calls.ts'
import { assistanceCalls, type AssistanceCalls } from './assistance-calls.ts'
import { attachmentCalls, type AttachmentCalls } from './attachment-calls.ts'
import { createSoloCaller, type SoloTools } from './caller.ts'
import { episodeCalls, type EpisodeCalls } from './episode-calls.ts'
import { patientCalls, type PatientCalls } from './patient-calls.ts'
import { reportCalls, type ReportCalls } from './report-calls.ts'
import { webhookCalls, type WebhookCalls } from './webhook-calls.ts'

export type SoloOptions = Pick<SoloTools, 'baseUrl' | 'credentials' | 'http'> & {
  /** Values in [0, 1). */
  readonly random: () => number
  readonly sleep?: Sleep | undefined
}

/**
 * Teladoc Health Solo's External API, every endpoint (docs/solo.md lists them). Reads are tried again inside; writes
 * are tried once, because Solo knows no idempotency key: `outcomeKnown: false` means look before trying again, and the
 * message says where. Nothing throws. What breaks a documented rule or limit is a `validation` failure that names the
 * field, and nothing is sent.
 */
export type SoloClient = PatientCalls &
  AppointmentCalls &
  AttachmentCalls &
  EpisodeCalls &
  ReportCalls &
  WebhookCalls &
  AssistanceCalls

export function createSoloClient(options: SoloOptions): SoloClient {
  const { baseUrl, credentials, http, random, sleep = realSleep } = options
  const caller = createSoloCaller({ baseUrl, credentials, http, retry: { random, sleep } })
  return {
    ...patientCalls(caller),
    ...appointmentCalls(caller),
    ...attachmentCalls(caller),
    ...episodeCalls(caller),
    ...reportCalls(caller),
    ...webhookCalls(caller),
    ...assistanceCalls(caller),
  }
}
