import type { Service } from '../core/loopback-server.ts'
import { postToLoopback } from '../core/webhook-post.ts'
import type { Switches } from '../switches.ts'
import type { QualiphyExam } from './invite-fields.ts'
import { createQualiphyService } from './qualiphy-service.ts'
import {
  createQualiphyState,
  patientExamOf,
  type QualiphyInvite,
  type QualiphyPatientExam,
} from './qualiphy-state.ts'
import { prescriptionBody, resultBody, trackingBody } from './results.ts'

/** One webhook, as the vendor posts it. */
export type QualiphyWebhook = {
  /** The invite's `webhook_url`; null where it had none, and the vendor would post nothing. */
  readonly url: string | null
  readonly contentType: 'application/json'
  readonly body: string
  /** What the receiver answered, where it was posted. */
  readonly status: number | null
}

/** How a test drives the simulated clinic and looks into it. */
export type QualiphySimulator = {
  /** Origin: what the setting `qualiphy.baseUrl` wants. */
  readonly baseUrl: string
  readonly apiKey: string
  /** Exams that can be invited to. */
  exams(): readonly QualiphyExam[]
  /** Replaces the clinic's exams. */
  setExams(exams: readonly QualiphyExam[]): void
  /** Invites that went out, in order: each has texted a patient. */
  invites(): readonly QualiphyInvite[]
  /** Why requests were answered "Invalid Request.", in order: the vendor does not tell. */
  refusals(): readonly string[]
  /**
   * Ends an exam.
   * @param status any text; documented are `Approved`, `Deferred` and `N/A`.
   * @param postTo an address of this machine that the webhook is also posted to.
   * @throws Error when there is no such exam, or the address is not of this machine.
   */
  finish(patientExamId: number, status?: string, postTo?: string): Promise<QualiphyWebhook>
  /** The webhook about a prescription, for an exam that has ended. */
  prescribe(patientExamId: number, postTo?: string): Promise<QualiphyWebhook>
  /** The webhook about the parcel, which names no patient. */
  ship(patientExamId: number, postTo?: string): Promise<QualiphyWebhook>
}

export type QualiphySimulatorOptions = {
  readonly switches: Switches
  readonly now: () => number
  readonly newId: () => string
  /** Known once the server listens. */
  readonly origin: () => string
}

/** Credential of the simulated clinic: it opens nothing but the simulator. */
const apiKey = 'simulated-qualiphy-api-key'

export function createQualiphySimulator(options: QualiphySimulatorOptions): {
  service: Service
  simulator: QualiphySimulator
  reset(): void
} {
  const { switches, now, origin } = options
  const state = createQualiphyState()

  function found(patientExamId: number): { invite: QualiphyInvite; patientExam: QualiphyPatientExam } {
    const exam = patientExamOf(state, patientExamId)
    if (exam === undefined) throw new Error(`The simulated Qualiphy has no exam ${patientExamId}.`)
    return exam
  }

  async function send(
    { fields }: QualiphyInvite,
    value: Record<string, unknown>,
    postTo: string | undefined,
  ): Promise<QualiphyWebhook> {
    const [body, contentType] = [JSON.stringify(value), 'application/json'] as const
    const status = postTo === undefined ? null : await postToLoopback(postTo, body, contentType)
    return { url: fields.webhook_url ?? null, contentType, body, status }
  }

  return {
    service: createQualiphyService({ ...options, state, apiKey }),
    reset: () => void Object.assign(state, createQualiphyState()),
    simulator: {
      get baseUrl() {
        return origin()
      },
      apiKey,
      exams: () => [...state.exams],
      setExams: (exams) => void state.exams.splice(0, Infinity, ...exams),
      invites: () => [...state.invites],
      refusals: () => [...state.refusals],
      async finish(patientExamId, status = 'Approved', postTo) {
        const { invite, patientExam } = found(patientExamId)
        patientExam.status = status
        return send(invite, resultBody(invite, patientExam, switches), postTo)
      },
      async prescribe(patientExamId, postTo) {
        const { invite, patientExam } = found(patientExamId)
        return send(invite, prescriptionBody(invite, patientExam, switches), postTo)
      },
      async ship(patientExamId, postTo) {
        const { invite, patientExam } = found(patientExamId)
        return send(invite, trackingBody(patientExam, now()), postTo)
      },
    },
  }
}
