import type { Answer } from '../core/answer.ts'
import type { Replacement } from '../core/faults.ts'
import type { Service } from '../core/loopback-server.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import { proxyAnswer, retryAfterHeader } from '../core/stand-in-answers.ts'
import type { SoloEndpoint } from '../endpoints.ts'
import { assistanceCalls } from './assistance.ts'
import { attachmentCalls } from './attachments.ts'
import { episodeCalls } from './episodes.ts'
import { linkingCalls } from './linking.ts'
import { patientCalls } from './patients.ts'
import { perfectAnswerCalls } from './perfect-answer.ts'
import { reportCalls } from './reports.ts'
import type { SoloContext, SoloHandlers } from './solo-call.ts'
import { SoloError, soloErrorAnswer, type SoloErrorShape } from './solo-error.ts'
import { isSoloApiPath, soloRouteOf } from './solo-routes.ts'
import { visitNoteCalls } from './visit-notes.ts'
import { visitCalls } from './visits.ts'
import { waitingRoomCalls } from './waiting-rooms.ts'
import { webhookCalls } from './webhooks.ts'

const handlers: SoloHandlers<SoloEndpoint> = {
  ...patientCalls,
  ...visitCalls,
  ...waitingRoomCalls,
  ...visitNoteCalls,
  ...attachmentCalls,
  ...episodeCalls,
  ...reportCalls,
  ...perfectAnswerCalls,
  ...linkingCalls,
  ...webhookCalls,
  ...assistanceCalls,
}

/** The Solo External API of one tenant (contract 3 and 4). */
export function createSoloService(context: SoloContext & { readonly apiKey: string }): Service {
  const { newId, now, apiKey } = context

  /** @throws SoloError */
  function dispatch(request: ReceivedRequest): Answer {
    // A live probe without a key was answered with an empty message (contract 3.1).
    if (isSoloApiPath(request.path) && request.headers['api-key'] !== apiKey) throw new SoloError(401, '')
    const route = soloRouteOf(request.method, request.path)
    switch (route.kind) {
      case 'endpoint':
        return handlers[route.endpoint]({ request, parameters: route.parameters }, context)
      case 'wrong-method':
        throw new SoloError(405, 'Method not allowed', { headers: { Allow: route.allow.join(', ') } })
      case 'unknown':
        throw new SoloError(404, 'Not found')
    }
  }

  const traced = (answer: Answer): Answer => ({
    ...answer,
    headers: { ...answer.headers, 'X-Correlation-Id': newId() },
  })

  return {
    name: 'solo',
    target(request) {
      const route = soloRouteOf(request.method, request.path)
      return {
        endpoint: route.kind === 'endpoint' ? route.endpoint : 'unrouted',
        domain: null,
        appointmentId: route.kind === 'endpoint' ? (route.parameters['appointmentId'] ?? null) : null,
        page: null,
      }
    },
    async answer(request) {
      try {
        return traced(dispatch(request))
      } catch (error) {
        if (!(error instanceof SoloError)) throw error
        return traced(soloErrorAnswer(error))
      }
    },
    replacement(request, fault) {
      const route = soloRouteOf(request.method, request.path)
      const isFlat = route.kind === 'endpoint' && route.endpoint in assistanceCalls
      // What stands in front of Solo knows nothing of its correlation ids.
      if (fault.kind === 'server-error' && fault.body !== 'problem') {
        return proxyAnswer(fault.status, fault.body, retryAfterHeader(fault.retryAfter, now()))
      }
      return traced(soloErrorAnswer(replacement(fault, isFlat ? 'flat' : 'nested', now())))
    },
  }
}

function replacement(fault: Replacement, shape: SoloErrorShape, nowMs: number): SoloError {
  const headers = 'retryAfter' in fault ? retryAfterHeader(fault.retryAfter, nowMs) : {}
  switch (fault.kind) {
    case 'throttle':
      return new SoloError(429, 'Too many requests', { shape, headers })
    case 'server-error':
      return new SoloError(fault.status, 'Internal server error', { shape, headers })
    case 'problem':
      return new SoloError(fault.status, fault.detail ?? '', { shape })
    case 'in-progress':
    case 'token-error':
    case 'slow-down':
    case 'expired-token':
    case 'expired-url':
      throw new Error(`Solo has no fault "${fault.kind}".`)
  }
}
