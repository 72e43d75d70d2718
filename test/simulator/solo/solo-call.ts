import type { Answer } from '../core/answer.ts'
import type { SoloEndpoint } from '../endpoints.ts'
import type { ReceivedRequest } from '../core/received-request.ts'
import type { Switches } from '../switches.ts'
import { jsonAnswer } from '../core/answer.ts'
import { notFound } from './solo-error.ts'
import { pathNumber } from './solo-input.ts'
import type { SoloOpenedLink, SoloPatient, SoloVisit } from './solo-records.ts'
import type { SoloState } from './solo-state.ts'

/** What every call of Solo works with. */
export type SoloContext = {
  readonly state: SoloState
  readonly switches: Switches
  readonly now: () => number
  readonly newId: () => string
  readonly randomBytes: (size: number) => Buffer
  /** Origin of this service, once it listens. */
  readonly origin: () => string
  readonly teamsToken: string
  readonly linkingSecret: string
  readonly openedLinks: SoloOpenedLink[]
  readonly usedLinks: Set<string>
}

export type SoloCall = {
  readonly request: ReceivedRequest
  /** What the path named. */
  readonly parameters: Readonly<Record<string, string>>
}

/** @throws SoloError for every refusal. */
export type SoloHandler = (call: SoloCall, context: SoloContext) => Answer
export type SoloHandlers<E extends SoloEndpoint> = Readonly<Record<E, SoloHandler>>

/** @throws SoloError 404 */
export function patientOf({ parameters }: SoloCall, { state }: SoloContext): SoloPatient {
  const { patientId, spid, hsid } = parameters
  const found =
    patientId !== undefined
      ? state.patient(patientId)
      : hsid !== undefined
        ? state.patients.find((candidate) => candidate.hsid === hsid)
        : state.patientBySpid(pathNumber(spid))
  if (found === undefined) throw notFound('Patient')
  return found
}

/** @throws SoloError 404 */
export function visitOf({ parameters }: SoloCall, { state }: SoloContext): SoloVisit {
  const found = state.visit(parameters['appointmentId'])
  if (found === undefined) throw notFound('Appointment')
  return found
}

/** What is answered where the page shows no body. */
export function emptyAnswer({ switches }: SoloContext): Answer {
  const text = { empty: '', array: '[]', object: '{}' }[switches.soloEmptyAnswer]
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: Buffer.from(text) }
}

export function createdAnswer(value: unknown, { switches }: SoloContext): Answer {
  return jsonAnswer(switches.soloCreatedStatus, value)
}

/** Origin of the links that answers carry. */
export function linkOrigin({ switches, origin }: SoloContext): string {
  return switches.soloLinkOrigin === null ? origin() : switches.soloLinkOrigin.replace(/\/$/, '')
}
