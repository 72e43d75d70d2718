import type { Answer, BreakCause, Broken, Exchange, HttpRequest } from './exchange.ts'
import type { Failure, FailureKind } from './outcome.ts'
import { hostOf } from './address.ts'
import { asToken, readProblem } from './problem.ts'
import { retryAfterMs } from './retry-after.ts'

/** The parts of a request that decide what a failure means. */
export type FailedRequest = Pick<HttpRequest, 'url' | 'headers' | 'effect' | 'privateTexts'>

/**
 * What a failed exchange means. Pure: request and exchange in, failure out. Never called for a 2xx answer that is fine;
 * for one that cannot be used there are `notOurServer` and `unreadable`.
 */
export function toFailure(request: FailedRequest, exchange: Exchange): Failure {
  return exchange.kind === 'broken' ? brokenFailure(request, exchange) : answerFailure(request, exchange)
}

/** The kind of a status (outcome.ts). Any other refusal of the 400s is the server's permanent no as well. */
export function kindOfStatus(status: number): FailureKind {
  if (status === 401) return 'auth'
  if (status === 403) return 'scope'
  if (status === 404 || status === 410) return 'gone'
  if (status === 407) return 'network'
  if (status === 408) return 'server'
  if (status === 409) return 'conflict'
  if (status === 429) return 'throttled'
  if (status >= 400 && status < 500) return 'validation'
  if (status >= 500 && status < 600) return 'server'
  if (status >= 300 && status < 400) return 'network'
  return 'unknown'
}

/**
 * Whether an answer with this status settles a write. A gateway's 5xx or 408 may come after the server behind it has
 * done the work; 501 and a 503 that names a time to come back have not; 409 may mean that an earlier try was taken
 * (contract 1.6); after 302 and 303 the work may be done and only the result be elsewhere (RFC 9110 15.4).
 */
export function isSettled(status: number, hasRetryAfter: boolean): boolean {
  if (status === 501) return true
  if (status === 503) return hasRetryAfter
  if (status === 408 || status === 409 || status === 302 || status === 303) return false
  return status >= 300 && status < 500
}

function answerFailure(request: FailedRequest, answer: Answer): Failure {
  const { status } = answer
  const problem = readProblem(answer.body, request.privateTexts)
  const waitMs = retryAfterMs(answer.headers['retry-after'], answer.headers['date'], answer.receivedAtMs)
  const kind = kindOfStatus(status)
  return {
    kind,
    outcomeKnown: request.effect === 'read' || isSettled(status, waitMs !== null),
    status,
    code: answerCode(status, problem.code),
    message: answerSentence(hostOf(request.url), status, kind, problem.detail),
    retryAfterMs: waitMs,
    requestId: problem.requestId,
    correlationId: correlationIdOf(request, answer),
  }
}

function answerCode(status: number, code: string | null): string | null {
  if (status >= 300 && status < 400) return 'redirect'
  return status === 407 ? 'proxy-auth' : code
}

function answerSentence(host: string, status: number, kind: FailureKind, detail: string): string {
  const because = detail === '' ? '.' : `: ${detail.replace(/[.\s]+$/, '')}.`
  const sentences: Readonly<Record<FailureKind, string>> = {
    auth: `${host} rejected the credentials (${status}).`,
    scope: `${host} does not allow this with the present credentials (${status}).`,
    gone: `${host} has nothing under this address, or no longer (${status}).`,
    conflict: `${host} says that this conflicts with what it already has (${status})${because}`,
    throttled: `${host} asks to slow down (${status}).`,
    validation: `${host} did not accept the request (${status})${because}`,
    server: `${host} has a problem of its own at the moment (${status}).`,
    network:
      status === 407
        ? 'The proxy asks for a user name and password (407); set a proxy address that has them, or ask the network administrator.'
        : `${host} redirects to another address (${status}), which Radpost does not follow; check the server address in the settings and whether the network has a sign-in page.`,
    unknown: `${host} gave an answer that Radpost does not know (${status}).`,
  }
  return sentences[kind]
}

function brokenFailure(request: FailedRequest, broken: Broken): Failure {
  const host = hostOf(request.url)
  const lost = request.effect === 'write' && broken.sent
  return {
    kind: kindOfBreak(broken, lost),
    outcomeKnown: !lost,
    status: broken.status,
    code: codeOfBreak(broken),
    message: `${breakSentence(host, broken)}${lost ? ' The server may have taken the request.' : ''}`,
    retryAfterMs: null,
    requestId: null,
    correlationId: request.headers['X-Correlation-Id'] ?? null,
  }
}

function kindOfBreak(broken: Broken, lost: boolean): FailureKind {
  if (lost) return 'unknown'
  if (broken.cause === 'not-allowed') return 'validation'
  return broken.cause === 'too-large' || broken.cause === 'malformed' ? 'unknown' : 'network'
}

/** Our own word where the reason decides what happens next, else the library's or the system's code. */
function codeOfBreak({ cause, code }: Broken): string {
  const own: readonly BreakCause[] = ['not-allowed', 'certificate', 'proxy-auth', 'cancelled', 'too-large']
  return own.includes(cause) ? cause : (code ?? cause)
}

function breakSentence(host: string, { cause, code, proxyHost }: Broken): string {
  const suffix = code === null ? '' : ` (${code})`
  const through = proxyHost === null ? '' : ` through the proxy ${proxyHost}`
  const sentences: Readonly<Record<BreakCause, string>> = {
    'not-allowed': `The request to ${host} cannot be sent: its address or one of its headers is not allowed (https, or http on this computer only).`,
    'name-not-found': `The name of ${host} could not be found${through}${suffix}; check the network connection and the address.`,
    refused: `${host} refused the connection${through}${suffix}.`,
    unreachable: `There is no way through the network to ${host}${through}${suffix}.`,
    'connect-timeout': `${host} could not be reached in time${through}${suffix}.`,
    certificate: `The certificate of ${host} is not trusted${through}${suffix}; if the network inspects encrypted traffic, name its certificate file in the settings (network.extraCaFile), and check this computer's date.`,
    tls: `No encrypted connection to ${host} could be made${through}${suffix}.`,
    proxy: `The proxy ${proxyHost ?? 'of this network'} did not connect to ${host}${suffix}.`,
    'proxy-auth': `The proxy ${proxyHost ?? 'of this network'} asks for a user name and password (407); set a proxy address that has them, or ask the network administrator.`,
    reset: `The connection to ${host} broke before the whole answer was there${through}${suffix}.`,
    timeout: `${host} did not answer in time${through}.`,
    cancelled: `The request to ${host} was cancelled.`,
    'too-large': `${host} sent a larger answer than Radpost accepts.`,
    malformed: `${host} sent an answer that is not proper HTTP${suffix}.`,
  }
  return sentences[cause]
}

/** A 2xx answer that is no JSON: a sign-in page or an inspecting gateway answered instead of the server (api-notes E). */
export function notOurServer(request: FailedRequest, answer: Answer): Failure {
  return {
    ...answerFailure(request, answer),
    kind: 'network',
    outcomeKnown: request.effect === 'read',
    code: 'not-json',
    message: `Something else answered in place of ${hostOf(request.url)}: a web page instead of data; check whether the network has a sign-in page.`,
  }
}

/** A 2xx answer of the right type whose content cannot be used. A write may well have been taken. */
export function unreadable(request: FailedRequest, answer: Answer, what: string): Failure {
  return {
    ...answerFailure(request, answer),
    kind: 'unknown',
    outcomeKnown: request.effect === 'read',
    code: 'unreadable-answer',
    message: `${hostOf(request.url)} answered ${answer.status}, but ${what}.`,
  }
}

/** The id to quote to the vendor: the answer's, else the one that was sent (contract 1.3). */
export function correlationIdOf(
  { headers, privateTexts }: Pick<HttpRequest, 'headers' | 'privateTexts'>,
  answer: Answer,
): string | null {
  return asToken(answer.headers['x-correlation-id'], privateTexts) ?? headers['X-Correlation-Id'] ?? null
}
