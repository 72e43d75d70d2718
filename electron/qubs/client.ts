import type { Practice } from '../../shared/settings.ts'
import type { Http } from '../http/http.ts'
import type { Result } from '../http/outcome.ts'
import { sleep as realSleep, type Sleep } from '../http/retry.ts'
import { appointmentCalls, type AppointmentCalls } from './appointment-calls.ts'
import { newCorrelationId } from './authorised.ts'
import { createCaller } from './calls.ts'
import { practiceCalls, type PracticeCalls } from './practice-calls.ts'
import {
  downloadOnce,
  upload,
  type Download,
  type Downloaded,
  type Upload,
  type UploadOutcome,
} from './presigned.ts'
import { reportingCalls, type ReportingCalls } from './reporting-calls.ts'
import { createTokenSource, type QubsCredentials } from './token.ts'

export type { Write } from './calls.ts'

export type QubsOptions = {
  readonly practice: Practice
  readonly credentials: () => Promise<QubsCredentials | null>
  readonly http: Http
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Values in [0, 1). */
  readonly random: () => number
  readonly sleep?: Sleep | undefined
}

/**
 * QUBS Integrations v1 for one practice, every endpoint of contract 1.4 (docs/qubs.md lists them). Reads are tried
 * again inside (retry.ts); writes are tried once, apart from the repeat after a 401: the durable outbox decides about
 * the next try. Nothing throws. A parameter outside its documented limits is a `validation` failure, and nothing is sent.
 */
export type QubsClient = ReportingCalls &
  AppointmentCalls &
  PracticeCalls & {
    /** Q10. */
    readonly upload: (what: Upload) => Promise<UploadOutcome>
    /** The presigned GET of an attachment. */
    readonly download: (what: Download) => Promise<Result<Downloaded>>
    /** After the credentials were changed: the next call asks for a new token. */
    readonly forgetToken: () => void
  }

export function createQubsClient(options: QubsOptions): QubsClient {
  const { practice, credentials, http, now, random, sleep = realSleep } = options
  const { domain, tokenUrl } = practice
  const correlationId = (): string => newCorrelationId(random)
  const tokens = createTokenSource({ domain, tokenUrl, credentials, http, now, correlationId })
  const caller = createCaller({ practice, tokens, http, correlationId }, { random, sleep })
  return {
    ...reportingCalls(caller),
    ...appointmentCalls(caller),
    ...practiceCalls(caller),
    upload: (what) => upload(http, what),
    download: (what) => caller.retried(what.signal, () => downloadOnce(http, what)),
    forgetToken: tokens.forget,
  }
}
