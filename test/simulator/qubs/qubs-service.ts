import { jsonAnswer, type Answer } from '../core/answer.ts'
import type { Alteration, Replacement, RequestTarget } from '../core/faults.ts'
import type { Service } from '../core/loopback-server.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import { proxyAnswer, retryAfterHeader } from '../core/stand-in-answers.ts'
import type { PresignedUrls } from '../object-store/presigned-urls.ts'
import type { StoredObjects } from '../object-store/stored-objects.ts'
import { cursorListEndpoints } from '../endpoints.ts'
import type { Switches } from '../switches.ts'
import { attachmentView, readUrlWish, visibleAttachments } from './attachments.ts'
import { commentFrom, createdComment, readComment } from './comments.ts'
import { createIdempotency, type IdempotentEndpoint } from './idempotency.ts'
import { cursorPage, pageOf } from './cursor-list.ts'
import type { Directory } from './directory.ts'
import { offsetList, statusList } from './general-lists.ts'
import { operationalView, summaryView } from './general-views.ts'
import { pendingStatus, type AppointmentRecord, type PracticeState } from './practice-state.ts'
import { notPending, problemAnswer, ProblemError } from './problem.ts'
import { readReport, reportFrom, submittedReport } from './reports.ts'
import { isApiPath, routeOf, type Route } from './routes.ts'
import { tokenRefusal, type Tokens } from './tokens.ts'
import { createUploadUrls, readUploadItems } from './upload-urls.ts'

export const tokenPath = '/oauth2/token'

export type QubsOptions = {
  readonly state: PracticeState
  readonly directory: Directory
  readonly tokens: Tokens
  readonly urls: PresignedUrls
  readonly objects: StoredObjects
  readonly switches: Switches
  readonly now: () => number
  readonly newId: () => string
}

export type QubsService = Service & {
  /** Forgets every Idempotency-Key. */
  forgetKeys(): void
}

type EndpointRoute = Extract<Route, { kind: 'endpoint' }>

/** The QUBS Integrations API, as far as a tele-reporting client sees it, and its token endpoint. */
export function createQubsService(options: QubsOptions): QubsService {
  const { state, directory, tokens, urls, objects, switches, now, newId } = options
  const requestId = (): string => newId().replaceAll('-', '').slice(0, 16)
  const idempotency = createIdempotency(switches, now, (problem) => problemAnswer(problem, requestId()))

  /** The appointment of a reporting endpoint. @throws ProblemError 404 unless it is pending. */
  function pendingRecord({ domain, appointmentId }: EndpointRoute): AppointmentRecord {
    const record = state.find(domain, appointmentId)
    if (record?.fields.status !== pendingStatus) throw notPending()
    return record
  }

  /** The appointment of a general endpoint, whatever its status. @throws ProblemError 404 when there is none. */
  function anyRecord({ domain, appointmentId }: EndpointRoute): AppointmentRecord {
    const record = state.find(domain, appointmentId)
    if (record === undefined) throw new ProblemError(404, 'The appointment was not found.')
    return record
  }

  async function attachmentList(record: AppointmentRecord, request: ReceivedRequest): Promise<Answer> {
    const wish = readUrlWish(request)
    const shown = visibleAttachments(record, switches)
    return jsonAnswer(
      200,
      await Promise.all(shown.map((attachment) => attachmentView(attachment, wish, { urls, objects }))),
    )
  }

  async function oneAttachment(
    record: AppointmentRecord,
    guid: string,
    request: ReceivedRequest,
  ): Promise<Answer> {
    const wish = readUrlWish(request)
    const attachment = visibleAttachments(record, switches).find((candidate) => candidate.guid === guid)
    if (attachment === undefined) throw new ProblemError(404, 'The attachment was not found.')
    return jsonAnswer(200, await attachmentView(attachment, wish, { urls, objects }))
  }

  async function write(
    route: EndpointRoute & { endpoint: IdempotentEndpoint },
    request: ReceivedRequest,
    alterations: readonly Alteration[],
    correlationId: string,
  ): Promise<Answer> {
    const strict = switches.refuseUnknownFields
    return idempotency.once(route.endpoint, request, async () => {
      switch (route.endpoint) {
        case 'report': {
          const asked = readReport(request, strict)
          const record = pendingRecord(route)
          const report = reportFrom(asked, {
            reportGuid: newId(),
            nowMs: now(),
            idempotencyKey: request.headers['idempotency-key'] ?? null,
            correlationId,
          })
          record.reports.push(report)
          if (report.reportStatus === 'final' && switches.finalLeavesPending) {
            state.setStatus(route.domain, route.appointmentId, 'FINALISED')
          }
          return submittedReport(report, switches.reportStatusCode)
        }
        case 'comment-create': {
          const asked = readComment(request, strict)
          const comment = commentFrom(asked, pendingRecord(route), newId(), now())
          state.addComment(route.domain, comment)
          return createdComment(comment)
        }
        case 'upload-urls': {
          const items = readUploadItems(request, strict)
          return createUploadUrls(items, pendingRecord(route), { urls, now, newId }, alterations)
        }
      }
    })
  }

  async function endpoint(
    route: EndpointRoute,
    request: ReceivedRequest,
    alterations: readonly Alteration[],
    correlationId: string,
  ): Promise<Answer> {
    switch (route.endpoint) {
      case 'pending':
        return cursorPage(
          {
            name: 'pending',
            domain: route.domain,
            records: state.pending(route.domain),
            view: ({ fields }) => fields,
          },
          request,
          switches,
          alterations,
        )
      case 'appointment':
        return jsonAnswer(200, pendingRecord(route).fields)
      case 'general':
        return jsonAnswer(200, summaryView(anyRecord(route), switches))
      case 'operational':
        return jsonAnswer(200, operationalView(anyRecord(route), switches))
      case 'general-list':
      case 'operational-list':
      case 'referrer-list':
      case 'referrer-operational-list':
        return offsetList(route.endpoint, route.domain, request, { state, switches, alterations })
      case 'general-by-status':
      case 'operational-by-status':
      case 'referrer-by-status':
      case 'referrer-operational-by-status':
        return statusList(route.endpoint, route.domain, route.name, request, { state, switches, alterations })
      case 'sites':
        return jsonAnswer(200, directory.sites(route.domain))
      case 'site':
        return jsonAnswer(200, directory.site(route.domain, route.name))
      case 'exam-codes':
        return jsonAnswer(200, directory.examCodes(route.domain, route.name))
      case 'staff-skills':
        return jsonAnswer(200, directory.staffSkills(route.domain, route.name))
      case 'patient':
        return jsonAnswer(200, directory.patient(route.domain, route.name))
      case 'attachments':
        return attachmentList(pendingRecord(route), request)
      case 'general-attachments':
        return attachmentList(anyRecord(route), request)
      case 'attachment':
        return oneAttachment(pendingRecord(route), route.guid, request)
      case 'general-attachment':
        return oneAttachment(anyRecord(route), route.guid, request)
      case 'comments':
        return jsonAnswer(200, state.commentsOf(pendingRecord(route)))
      case 'general-comments':
        return jsonAnswer(200, state.commentsOf(anyRecord(route)))
      case 'comment': {
        const comment = state.commentsOf(pendingRecord(route)).find(({ guid }) => guid === route.guid)
        if (comment === undefined) throw new ProblemError(404, 'The comment was not found.')
        return jsonAnswer(200, comment)
      }
      case 'comment-create':
      case 'report':
      case 'upload-urls':
        return write({ ...route, endpoint: route.endpoint }, request, alterations, correlationId)
      case 'token':
        throw new ProblemError(404, 'There is no such endpoint.')
    }
  }

  function authorize(request: ReceivedRequest, domain: string | null): void {
    const client = tokens.clientOf(request.headers['authorization'])
    if (client === null) {
      throw new ProblemError(401, 'The bearer token is missing, expired or not known.', {
        headers: { 'WWW-Authenticate': 'Bearer' },
      })
    }
    if (domain !== null && !client.domains.includes(domain)) {
      throw new ProblemError(403, 'The domain is outside the scope of this token.')
    }
  }

  async function api(
    request: ReceivedRequest,
    alterations: readonly Alteration[],
    correlationId: string,
  ): Promise<Answer> {
    const route = routeOf(request.method, request.path)
    for (const fault of alterations) {
      if (fault.kind === 'expire-tokens') tokens.expireAll()
      if (fault.kind === 'change-status' && route.kind === 'endpoint') {
        if (state.find(route.domain, route.appointmentId) !== undefined) {
          state.setStatus(route.domain, route.appointmentId, fault.status)
        }
      }
    }
    authorize(request, route.domain)
    switch (route.kind) {
      case 'endpoint':
        return endpoint(route, request, alterations, correlationId)
      case 'wrong-method':
        throw new ProblemError(405, 'This endpoint does not know this method.', {
          headers: { Allow: route.allow.join(', ') },
        })
      case 'unknown':
        throw new ProblemError(404, 'There is no such endpoint.')
    }
  }

  const correlationIdOf = (request: ReceivedRequest): string =>
    request.headers['x-correlation-id'] ?? newId().replaceAll('-', '').slice(0, 16)

  return {
    name: 'api',
    target: targetOf,
    forgetKeys: () => idempotency.clear(),
    async answer(request, alterations) {
      if (request.path === tokenPath) return tokens.answer(request)
      const correlationId = correlationIdOf(request)
      if (!isApiPath(request.path)) {
        return correlated(
          problemAnswer(new ProblemError(404, 'There is nothing here.'), requestId()),
          correlationId,
        )
      }
      try {
        return correlated(await api(request, alterations, correlationId), correlationId)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        return correlated(problemAnswer(error, requestId()), correlationId)
      }
    },
    replacement(request, fault) {
      if (fault.kind === 'token-error') return tokenRefusal(fault.error, fault.status)
      const retryAfter = 'retryAfter' in fault ? retryAfterHeader(fault.retryAfter, now()) : {}
      if (fault.kind === 'server-error' && fault.body !== 'problem') {
        return proxyAnswer(fault.status, fault.body, retryAfter)
      }
      const answer = problemAnswer(replacementProblem(fault, retryAfter), requestId())
      return correlated(answer, correlationIdOf(request))
    },
  }
}

/** Every answer of the API carries the correlation id; a gateway's or a portal's does not (contract 1.3). */
function correlated(answer: Answer, correlationId: string): Answer {
  return { ...answer, headers: { ...answer.headers, 'X-Correlation-Id': correlationId } }
}

function replacementProblem(fault: Replacement, headers: Record<string, string>): ProblemError {
  switch (fault.kind) {
    case 'throttle':
      return new ProblemError(429, 'Too many requests. Try again later.', { headers })
    case 'server-error':
      return new ProblemError(fault.status, 'The service could not process the request.', { headers })
    case 'problem':
      return new ProblemError(
        fault.status,
        fault.detail ?? 'The request was refused.',
        fault.errors === undefined ? {} : { errors: fault.errors },
      )
    case 'in-progress':
      return new ProblemError(409, 'The first request with this Idempotency-Key is still being processed.')
    case 'token-error':
    case 'slow-down':
    case 'expired-token':
    case 'expired-url':
      throw new Error(`The API has no fault "${fault.kind}".`)
  }
}

const cursorLists: ReadonlySet<string> = new Set(cursorListEndpoints)

function targetOf(request: ReceivedRequest): RequestTarget {
  if (request.path === tokenPath) return { endpoint: 'token', domain: null, appointmentId: null, page: null }
  const route = routeOf(request.method, request.path)
  if (route.kind !== 'endpoint') {
    return { endpoint: 'unrouted', domain: route.domain, appointmentId: null, page: null }
  }
  return {
    endpoint: route.endpoint,
    domain: route.domain,
    appointmentId: route.appointmentId === '' ? null : route.appointmentId,
    page: cursorLists.has(route.endpoint) ? pageOf(request) : null,
  }
}
