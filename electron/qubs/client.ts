import type { z } from 'zod'
import type { Practice } from '../../shared/settings.ts'
import { pendingAppointment, type PendingAppointment } from '../../shared/worklist.ts'
import { splitAddress } from '../http/address.ts'
import { unreadable } from '../http/failure.ts'
import type { Http, JsonAnswer } from '../http/http.ts'
import type { Result } from '../http/outcome.ts'
import { retryRead, sleep as realSleep, type Sleep } from '../http/retry.ts'
import { apiUrl, callOnce, newCorrelationId, type ApiCall } from './authorised.ts'
import {
  downloadOnce,
  upload,
  type Download,
  type Downloaded,
  type Upload,
  type UploadOutcome,
} from './presigned.ts'
import {
  appointmentSummarySchema,
  attachmentSchema,
  commentSchema,
  problemOf,
  readPendingPage,
  readRows,
  reportReceiptSchema,
  uploadTargetSchema,
  uploadTargetsSchema,
  type AppointmentSummary,
  type Attachment,
  type Comment,
  type PendingPage,
  type ReportReceipt,
  type Rows,
  type UploadTarget,
} from './schemas.ts'
import { createTokenSource, type QubsCredentials } from './token.ts'
import { readWholeWorklist, type Worklist } from './worklist-pass.ts'

/** Rows asked for in one page: the documented default (contract 1.3; allowed are 1 … 500). */
export const PAGE_SIZE = 100

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

export type CallOptions = { readonly signal?: AbortSignal | undefined }
/** A write: exact bytes and their key, both stored before the first try. */
export type Write = CallOptions & { readonly body: Uint8Array; readonly idempotencyKey: string }
/** `reporting` works while the study is pending reporting (Q3, Q4), `any` in every status (Q21). */
export type AttachmentScope = 'reporting' | 'any'
export type AttachmentOptions = CallOptions & {
  readonly scope: AttachmentScope
  readonly urlTtlSeconds?: number | undefined
}
export type PageOptions = CallOptions & {
  /** 1 … 500. */
  readonly pageSize?: number | undefined
  readonly nextToken?: string | null | undefined
}

/**
 * QUBS Integrations v1 for one practice. Reads are tried again inside (retry.ts); writes are tried once, apart from the
 * repeat after a 401: the durable outbox decides about the next try. Nothing throws.
 */
export type QubsClient = {
  readonly listPendingPage: (options?: PageOptions) => Promise<Result<PendingPage>>
  /** A complete pass or a failure, never a part of the list. */
  readonly listAllPending: (options?: CallOptions) => Promise<Result<Worklist>>
  /** Q2. `gone` when the appointment is not pending reporting. */
  readonly getPending: (appointmentId: string, options?: CallOptions) => Promise<Result<PendingAppointment>>
  /** Q12: the appointment in any status. */
  readonly getAppointment: (
    appointmentId: string,
    options?: CallOptions,
  ) => Promise<Result<AppointmentSummary>>
  readonly listComments: (appointmentId: string, options?: CallOptions) => Promise<Result<Rows<Comment>>>
  readonly createComment: (appointmentId: string, write: Write) => Promise<Result<Comment>>
  readonly listAttachments: (
    appointmentId: string,
    options: AttachmentOptions,
  ) => Promise<Result<Rows<Attachment>>>
  readonly getAttachment: (
    appointmentId: string,
    attachmentGuid: string,
    options: AttachmentOptions,
  ) => Promise<Result<Attachment>>
  /** Q9 with a body of `uploadUrlBody`: one file, one address. */
  readonly createUploadUrl: (appointmentId: string, write: Write) => Promise<Result<UploadTarget>>
  readonly submitReport: (appointmentId: string, write: Write) => Promise<Result<ReportReceipt>>
  readonly upload: (what: Upload) => Promise<UploadOutcome>
  readonly download: (what: Download) => Promise<Result<Downloaded>>
  /** After the credentials were changed: the next call asks for a new token. */
  readonly forgetToken: () => void
}

export function createQubsClient(options: QubsOptions): QubsClient {
  const { practice, credentials, http, now, random, sleep = realSleep } = options
  const { domain, tokenUrl } = practice
  const correlationId = (): string => newCorrelationId(random)
  const tokens = createTokenSource({ domain, tokenUrl, credentials, http, now, correlationId })
  const tools = { practice, tokens, http, correlationId }

  const retried = <T>(
    signal: AbortSignal | undefined,
    attempt: () => Promise<Result<T>>,
  ): Promise<Result<T>> => retryRead({ random, sleep, signal }, attempt)

  const read = <T>(what: Omit<ApiCall, 'method'>, parse: Parse<T>): Promise<Result<T>> => {
    const call: ApiCall = { ...what, method: 'GET' }
    return retried(what.signal, async () => understood(practice, call, await callOnce(tools, call), parse))
  }

  const write = async <T>(path: readonly string[], what: Write, parse: Parse<T>): Promise<Result<T>> => {
    const call: ApiCall = { method: 'POST', path, ...what }
    return understood(practice, call, await callOnce(tools, call), parse)
  }

  const listPendingPage = ({ pageSize = PAGE_SIZE, nextToken, signal }: PageOptions = {}): Promise<
    Result<PendingPage>
  > =>
    read(
      {
        path: ['reporting', 'appointments', 'pending'],
        query: { pageSize: String(pageSize), ...(nextToken ? { nextToken } : {}) },
        signal,
      },
      (json) => {
        const page = readPendingPage(json, domain)
        return page === null ? 'it is not a page of appointments' : { value: page }
      },
    )

  const isOther = (
    found: { readonly domain: string; readonly appointmentId: string },
    asked: string,
  ): boolean => found.domain !== domain || found.appointmentId !== asked

  const oneAppointment =
    <T extends { readonly domain: string; readonly appointmentId: string }>(
      schema: z.ZodType<T>,
      asked: string,
    ): Parse<T> =>
    (json) => {
      const row = one(schema)(json)
      return typeof row !== 'string' && isOther(row.value, asked) ? 'it is about another appointment' : row
    }

  return {
    listPendingPage,
    listAllPending: ({ signal } = {}) =>
      readWholeWorklist((nextToken) => listPendingPage({ nextToken, signal })),
    getPending: (appointmentId, { signal } = {}) =>
      read(
        { path: ['reporting', 'appointments', appointmentId], signal },
        oneAppointment(pendingAppointment, appointmentId),
      ),
    getAppointment: (appointmentId, { signal } = {}) =>
      read(
        { path: ['appointments', appointmentId], signal },
        oneAppointment(appointmentSummarySchema, appointmentId),
      ),
    listComments: (appointmentId, { signal } = {}) =>
      read({ path: ['reporting', 'appointments', appointmentId, 'comments'], signal }, many(commentSchema)),
    createComment: (appointmentId, what) =>
      write(['reporting', 'appointments', appointmentId, 'comments'], what, one(commentSchema)),
    listAttachments: (appointmentId, what) =>
      read(
        { path: attachmentsPath(appointmentId, what.scope), query: lifeOf(what), signal: what.signal },
        many(attachmentSchema),
      ),
    getAttachment: (appointmentId, attachmentGuid, what) =>
      read(
        {
          path: [...attachmentsPath(appointmentId, what.scope), attachmentGuid],
          query: lifeOf(what),
          signal: what.signal,
        },
        one(attachmentSchema),
      ),
    createUploadUrl: (appointmentId, what) =>
      write(['reporting', 'appointments', appointmentId, 'report', 'attachments'], what, oneTarget),
    submitReport: (appointmentId, what) =>
      write(['reporting', 'appointments', appointmentId, 'report'], what, one(reportReceiptSchema)),
    upload: (what) => upload(http, what),
    download: (what) => retried(what.signal, () => downloadOnce(http, what)),
    forgetToken: tokens.forget,
  }
}

function attachmentsPath(appointmentId: string, scope: AttachmentScope): readonly string[] {
  const appointment = ['appointments', appointmentId, 'attachments']
  return scope === 'reporting' ? ['reporting', ...appointment] : appointment
}

function lifeOf({ urlTtlSeconds }: AttachmentOptions): Readonly<Record<string, string>> {
  return urlTtlSeconds === undefined ? {} : { urlTtlSeconds: String(urlTtlSeconds) }
}

/** The value of an answer, or what is wrong with it, in words that follow "answered 200, but". */
type Parse<T> = (json: unknown) => { readonly value: T } | string

function one<T>(schema: z.ZodType<T>): Parse<T> {
  return (json) => {
    const found = schema.safeParse(json)
    return found.success ? { value: found.data } : `its content ${problemOf(found.error)}`
  }
}

function many<T>(schema: z.ZodType<T>): Parse<Rows<T>> {
  return (json) => (Array.isArray(json) ? { value: readRows(schema, json) } : 'its content is not a list')
}

const oneTarget: Parse<UploadTarget> = (json) => {
  const list = uploadTargetsSchema.safeParse(json)
  if (!list.success || list.data.items.length !== 1) return 'its content is not one upload address'
  const target = one(uploadTargetSchema)(list.data.items[0])
  if (typeof target === 'string') return target
  return splitAddress(target.value.uploadUrl) === null ? 'its upload address is not an https address' : target
}

function understood<T>(
  practice: Practice,
  call: ApiCall,
  result: Result<JsonAnswer>,
  parse: Parse<T>,
): Result<T> {
  if (!result.ok) return result
  const parsed = parse(result.value.json)
  if (typeof parsed !== 'string') return { ...result, value: parsed.value }
  const request = {
    url: apiUrl(practice, call.path) ?? practice.baseUrl,
    headers: {},
    effect: call.method === 'GET' ? ('read' as const) : ('write' as const),
  }
  const failure = unreadable(request, result.value.answer, parsed)
  return { ok: false, failure: { ...failure, correlationId: result.correlationId } }
}
