import { bodyOfInvite } from '../../shared/qualiphy-form.ts'
import type { Invite } from '../../shared/qualiphy.ts'
import type { Settings } from '../../shared/settings.ts'
import { hostOf } from '../http/address.ts'
import { API_TIMEOUT_MS, type Answer, type HttpRequest } from '../http/exchange.ts'
import { notOurServer, toFailure, unreadable } from '../http/failure.ts'
import type { Http } from '../http/http.ts'
import type { Failure, Result } from '../http/outcome.ts'
import { retryRead, sleep as realSleep, type Sleep } from '../http/retry.ts'
import { local } from '../http/local-failure.ts'
import type { QualiphyCredentials } from '../vault/credentials.ts'
import {
  httpCodeOf,
  isResent,
  readExamList,
  readInvited,
  refusalOf,
  refusals,
  refusalSentences,
  type ExamList,
  type Invited,
} from './answers.ts'

/** Largest answer that is read, in bytes. */
const MAX_ANSWER_BYTES = 4_194_304

export type QualiphyOptions = {
  readonly settings: Pick<Settings['qualiphy'], 'baseUrl' | 'invitePath'>
  /** The key from the vault, asked for at every call; null where none is stored. */
  readonly credentials: () => Promise<QualiphyCredentials | null>
  readonly http: Http
  /** Values in [0, 1). */
  readonly random: () => number
  readonly sleep?: Sleep | undefined
  /** Milliseconds until an answer must begin; {@link API_TIMEOUT_MS} unless told. */
  readonly timeoutMs?: number | undefined
}

type CallOptions = { readonly signal?: AbortSignal | undefined }

/**
 * Qualiphy's API (contract 5): every call a POST of JSON with the key in its body. `invite` and `resend` reach the
 * patient's phone and are tried once, whatever happens; only the list is tried again. Nothing throws. The key and
 * what is known of the patient are in no result.
 */
export type QualiphyClient = {
  /** Sends the invite. A failure with `outcomeKnown: false` may have reached the patient. */
  readonly invite: (
    what: { readonly invite: Invite; readonly additionalData: string } & CallOptions,
  ) => Promise<Result<Invited>>
  /** The clinic's exams. */
  readonly listExams: (options?: CallOptions) => Promise<Result<ExamList>>
  /** Sends the link of one exam once more; the caller counts (contract 5.2). */
  readonly resend: (
    what: { readonly meetingUuid: string; readonly patientExamId: string } & CallOptions,
  ) => Promise<Result<null>>
}

export function createQualiphyClient(options: QualiphyOptions): QualiphyClient {
  const { settings, random, sleep = realSleep } = options
  return {
    invite: ({ invite, additionalData, signal }) =>
      callOnce(options, {
        path: settings.invitePath ?? '/api/exam_invite/',
        fields: bodyOfInvite(invite, additionalData),
        effect: 'write',
        read: readInvited,
        signal,
      }),
    listExams: ({ signal } = {}) =>
      retryRead({ random, sleep, signal }, () =>
        callOnce(options, { path: '/api/exam_list', fields: {}, effect: 'read', read: readExamList, signal }),
      ),
    async resend({ meetingUuid, patientExamId, signal }) {
      const id = /^\d{1,15}$/.test(patientExamId) ? Number(patientExamId) : patientExamId
      const result = await callOnce(options, {
        path: '/api/exam_invite_resend',
        fields: { meeting_uuid: meetingUuid, patient_exam_id: id },
        effect: 'write',
        read: (json) => (isResent(json) ? true : null),
        signal,
      })
      return result.ok ? { ...result, value: null } : result
    },
  }
}

type Call<T> = {
  readonly path: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly effect: 'read' | 'write'
  /** The value of a success, null for anything else. */
  readonly read: (json: unknown) => T | null
  readonly signal: AbortSignal | undefined
}

async function callOnce<T>(options: QualiphyOptions, call: Call<T>): Promise<Result<T>> {
  const key = await keyOf(options)
  if (!key.ok) return key
  const body = { api_key: key.value, ...call.fields }
  const request: HttpRequest = {
    method: 'POST',
    url: `${options.settings.baseUrl.replace(/\/+$/, '')}${call.path}`,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'User-Agent': 'Radpost' },
    body: new TextEncoder().encode(JSON.stringify(body)),
    timeoutMs: options.timeoutMs ?? API_TIMEOUT_MS,
    maxBytes: MAX_ANSWER_BYTES,
    effect: call.effect,
    signal: call.signal,
    privateTexts: textsIn(body),
  }
  const done = await options.http.exchange(request)
  if (done.kind === 'broken') return { ok: false, failure: toFailure(request, done) }
  const json = jsonOf(done)
  const value = isSuccess(done.status) ? call.read(json) : null
  if (value !== null) return { ok: true, value, correlationId: null, clockSkewMs: null }
  return { ok: false, failure: withoutServersWords(failureOf(request, done, json)) }
}

const ownCodes = new Set<string>([...refusals, 'redirect', 'proxy-auth', 'not-json', 'unreadable-answer'])

/** Qualiphy documents neither codes nor ids: what stands in their place may be anything, our own key included. */
function withoutServersWords(failure: Failure): Failure {
  const code = failure.code !== null && ownCodes.has(failure.code) ? failure.code : null
  return { ...failure, code, requestId: null, correlationId: null }
}

/** What an answer that is no success means. One that claims success without its proof may well be one. */
function failureOf(request: HttpRequest, answer: Answer, json: unknown): Failure {
  if (!isSuccess(answer.status)) return worded(toFailure(request, answer), answer.status, json)
  if (json === undefined) {
    // A web page in place of the server: whether the server saw the request cannot be told.
    return notOurServer(request, answer)
  }
  const code = httpCodeOf(json)
  if (code !== null && code >= 400 && code < 600) {
    return worded(toFailure(request, { ...answer, status: code }), code, json)
  }
  return unreadable(request, answer, 'not with what makes it a success')
}

/** In our own words where the contract says what the answer means. */
function worded(failure: Failure, status: number, json: unknown): Failure {
  const refusal = refusalOf(status, json)
  // A 500 that settles the matter (a read, or a time to come back) says so in the words of the HTTP core.
  if (refusal === null || (refusal === 'server-error' && failure.outcomeKnown)) return failure
  return { ...failure, code: refusal, message: refusalSentences[refusal] }
}

async function keyOf({ credentials, settings }: QualiphyOptions): Promise<Result<string>> {
  try {
    const known = await credentials()
    if (known !== null) return { ok: true, value: known.apiKey, correlationId: null, clockSkewMs: null }
  } catch {
    const message =
      'The Qualiphy API key could not be read from the keychain. Nothing was sent: unlock it and try again.'
    return { ok: false, failure: local('auth', 'keychain', message) }
  }
  const host = hostOf(settings.baseUrl)
  const message = `No API key for ${host} is stored. Nothing was sent: an administrator must enter it (radpost credentials set qualiphy).`
  return { ok: false, failure: local('auth', 'no-credentials', message) }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** undefined where the body is no JSON. */
function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    return undefined
  }
}

/** Every text of our own body: a message must repeat none of them. */
function textsIn(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.values(fields)
    .flat()
    .flatMap((value) => (typeof value === 'string' ? [value] : []))
}
