import { z } from 'zod'
import { jsonAnswer, textAnswer, type Answer } from '../core/answer.ts'
import type { Replacement } from '../core/faults.ts'
import { jsonOf } from '../core/json-request.ts'
import type { Service } from '../core/loopback-server.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import { routeIn, type RoutePattern, type TableRoute } from '../core/route-table.ts'
import type { QualiphyEndpoint } from '../endpoints.ts'
import { proxyAnswer, retryAfterHeader } from '../core/stand-in-answers.ts'
import type { Switches } from '../switches.ts'
import { readInvite } from './invite-fields.ts'
import { patientExamOf, type QualiphyInvite, type QualiphyState } from './qualiphy-state.ts'

/** Most resends of one exam (contract 5.2). */
const mostResends = 3
const minuteMs = 60_000

const patterns: readonly RoutePattern<QualiphyEndpoint>[] = [
  ['POST', 'qualiphy-invite', '/api/exam_invite/'],
  ['POST', 'qualiphy-exams', '/api/exam_list/'],
  ['POST', 'qualiphy-resend', '/api/exam_invite_resend/'],
]

const invalidRequest = 'Invalid Request.'
const somethingWrong = 'Something went wrong. Please try again later.'

/** What the clinic has left undone, in the vendor's words; the line break is the vendor's too (contract 5.1). */
const accountRefusals: Record<Exclude<Switches['qualiphyAccount'], 'ready'>, string> = {
  'no-provider': 'Need to add Patient Care Provider via Qualiphy Portal!',
  'no-contract': 'Need to sign contract!',
  'no-prescriptive-contract': 'Need to sign Prescriptive Services Contract via\nQualiphy Portal!',
}

function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return jsonAnswer(status, { error_message: message }, headers)
}

export type QualiphyContext = {
  readonly state: QualiphyState
  readonly apiKey: string
  readonly switches: Switches
  readonly now: () => number
  readonly newId: () => string
}

/** Qualiphy's API of one clinic (contract 5): every call a POST with the key in its body. */
export function createQualiphyService(context: QualiphyContext): Service {
  const { state, apiKey, switches, now, newId } = context

  function routeOf({ method, path }: ReceivedRequest): TableRoute<QualiphyEndpoint> {
    const slashed = path.endsWith('/')
    return !slashed && switches.qualiphySlash === 'required'
      ? { kind: 'unknown' }
      : routeIn(patterns, method, slashed ? path : `${path}/`)
  }

  function invalid(reason: string): Answer {
    state.refusals.push(reason)
    return refusal(400, invalidRequest)
  }

  function invite(body: unknown): Answer {
    if (switches.qualiphyAccount !== 'ready') {
      return jsonAnswer(401, {
        http_code: 401,
        error_message: accountRefusals[switches.qualiphyAccount],
      })
    }
    const read = readInvite(body, state.exams, switches)
    if (read.kind === 'refused') return invalid(read.reason)
    const meetingUuid = newId()
    const sent: QualiphyInvite = {
      meetingUuid,
      meetingUrl: `${switches.qualiphyMeetingOrigin.replace(/\/$/, '')}/meeting/${meetingUuid}`,
      sentAtMs: now(),
      fields: read.fields,
      patientExams: read.exams.map((exam) => ({
        patientExamId: state.nextPatientExamId++,
        exam,
        resends: 0,
        status: null,
      })),
    }
    state.invites.push(sent)
    return jsonAnswer(200, {
      http_code: switches.qualiphyHttpCode,
      meeting_url: sent.meetingUrl,
      meeting_uuid: sent.meetingUuid,
      patient_exams: sent.patientExams.map(({ patientExamId, exam }) => ({
        patient_exam_id: patientExamId,
        exam_title: exam.title,
        exam_id: exam.id,
      })),
    })
  }

  function examList(): Answer {
    if (switches.qualiphyExamList === 'missing') return refusal(404, 'Not found.')
    const exams = state.exams.map(({ id, title, rxType }) => ({
      id,
      title,
      ...(rxType === null ? {} : { rx_type: rxType }),
    }))
    return jsonAnswer(200, switches.qualiphyExamList === 'array' ? exams : { clinic_id: 1, exams })
  }

  function resend(body: unknown): Answer {
    const parsed = z.object({ meeting_uuid: z.string(), patient_exam_id: z.int() }).safeParse(body)
    if (!parsed.success) return invalid('A field of the resend is missing or of the wrong type.')
    const found = patientExamOf(state, parsed.data.patient_exam_id)
    if (found?.invite.meetingUuid !== parsed.data.meeting_uuid) {
      return invalid('patient_exam_id: Not an exam of this meeting.')
    }
    const { patientExam } = found
    if (patientExam.status !== null) return invalid('patient_exam_id: The exam is not pending any more.')
    if (patientExam.resends >= mostResends) return invalid('patient_exam_id: Sent again three times already.')
    patientExam.resends += 1
    return jsonAnswer(200, { http_code: switches.qualiphyHttpCode })
  }

  /** Whether this call is one too many of the last minute. */
  function overLimit(): boolean {
    const limit = switches.qualiphyCallsPerMinute
    if (limit === null) return false
    state.calls = state.calls.filter((at) => now() - at < minuteMs)
    if (state.calls.length >= limit) return true
    state.calls.push(now())
    return false
  }

  function act(endpoint: QualiphyEndpoint, request: ReceivedRequest): Answer {
    const read = jsonOf(request)
    if (read.kind === 'wrong-type') return refusal(415, 'Unsupported media type.')
    if (read.kind === 'too-large') return refusal(413, 'Request too large.')
    const body = z.looseObject({ api_key: z.string() }).safeParse(read.kind === 'json' ? read.value : null)
    if (!body.success) return invalid('The body is no JSON object with an api_key.')
    if (body.data.api_key !== apiKey) return refusal(401, 'Unauthorized access.')
    switch (endpoint) {
      case 'qualiphy-invite':
        return invite(body.data)
      case 'qualiphy-exams':
        return examList()
      case 'qualiphy-resend':
        return resend(body.data)
    }
  }

  return {
    name: 'qualiphy',
    target(request) {
      const route = routeOf(request)
      return {
        endpoint: route.kind === 'endpoint' ? route.endpoint : 'unrouted',
        domain: null,
        appointmentId: null,
        page: null,
      }
    },
    async answer(request) {
      const route = routeOf(request)
      if (route.kind === 'unknown') return refusal(404, 'Not found.')
      if (switches.qualiphySlash === 'redirect' && !request.path.endsWith('/')) {
        return textAnswer(301, 'text/html', '', { Location: `${request.path}/` })
      }
      if (route.kind === 'wrong-method') {
        return refusal(405, 'Method not allowed.', { Allow: route.allow.join(', ') })
      }
      if (switches.qualiphyOutage === 'idle') return refusal(500, somethingWrong)
      if (overLimit()) return refusal(429, 'Too many requests.')
      const answer = act(route.endpoint, request)
      return switches.qualiphyOutage === 'busy' ? refusal(500, somethingWrong) : answer
    },
    replacement: (_request, fault) => replacement(fault, now()),
  }
}

function replacement(fault: Replacement, nowMs: number): Answer {
  switch (fault.kind) {
    case 'throttle':
      return refusal(429, 'Too many requests.', retryAfterHeader(fault.retryAfter, nowMs))
    case 'server-error': {
      const headers = retryAfterHeader(fault.retryAfter, nowMs)
      return fault.body === 'problem'
        ? refusal(fault.status, somethingWrong, headers)
        : proxyAnswer(fault.status, fault.body, headers)
    }
    case 'problem':
      return refusal(fault.status, fault.detail ?? invalidRequest)
    case 'in-progress':
    case 'token-error':
    case 'slow-down':
    case 'expired-token':
    case 'expired-url':
      throw new Error(`Qualiphy has no fault "${fault.kind}".`)
  }
}
