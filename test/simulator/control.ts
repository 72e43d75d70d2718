import { z } from 'zod'
import { jsonAnswer, type Answer } from './core/answer.ts'
import type { FaultBook } from './core/faults.ts'
import { parseFaultRule } from './core/fault-rule.ts'
import { KEPT_BODY_BYTES, type Service } from './core/loopback-server.ts'
import type { ReceivedRequest } from './core/received-request.ts'
import type { RecordedRequest, Traffic } from './core/traffic.ts'
import { seedFields } from './qubs/appointment-fields.ts'
import type { PracticeState } from './qubs/practice-state.ts'
import type { QualiphySimulator } from './qualiphy/qualiphy-simulator.ts'
import { webhookEvents } from './solo/solo-records.ts'
import type { SoloSimulator } from './solo/solo-simulator.ts'
import { switchesSchema, type Switches } from './switches.ts'

/** The control endpoints under /_simulator/: how another program drives the simulator and looks into it. */

export const controlPrefix = '/_simulator/'

export type Controls = {
  readonly state: PracticeState
  readonly traffic: Traffic
  readonly faults: FaultBook
  readonly switches: Switches
  readonly solo: SoloSimulator
  readonly qualiphy: QualiphySimulator
  expireTokens(): void
  reset(): void
}

const status = z.strictObject({
  domain: z.string().min(1),
  appointmentId: z.string().min(1),
  status: z.string().min(1),
})

const soloVisit = z.strictObject({
  appointmentId: z.int(),
  status: z.string().min(1).exactOptional(),
  videoCall: z.string().min(1).nullable().exactOptional(),
})

const soloWebhook = z.strictObject({
  event: z.enum(webhookEvents),
  patientId: z.int().exactOptional(),
  appointmentId: z.int().exactOptional(),
  episodeId: z.string().exactOptional(),
  postTo: z.url().optional(),
})

const qualiphyResult = z.strictObject({
  patientExamId: z.int(),
  status: z.string().optional(),
  postTo: z.url().optional(),
})

/** Puts the control endpoints in front of a service. They are neither recorded nor disturbed by faults. */
export function withControls(service: Service, controls: Controls): Service {
  return {
    ...service,
    target: (request) => (isControl(request) ? null : service.target(request)),
    answer: async (request, alterations) =>
      isControl(request) ? control(request, controls) : service.answer(request, alterations),
  }
}

function isControl(request: ReceivedRequest): boolean {
  return request.path.startsWith(controlPrefix)
}

async function control(request: ReceivedRequest, controls: Controls): Promise<Answer> {
  if (!isFromThisMachine(request)) return refusal(403, 'The control endpoints answer this machine only.')
  const [name = '', id] = request.path.slice(controlPrefix.length).split('/')
  try {
    return await dispatch(`${request.method} ${name}`, id, request, controls)
  } catch (error) {
    return refusal(400, error instanceof Error ? error.message : 'The request could not be read.')
  }
}

async function dispatch(
  call: string,
  id: string | undefined,
  request: ReceivedRequest,
  controls: Controls,
): Promise<Answer> {
  const { state, traffic, faults, switches, solo, qualiphy } = controls
  switch (call) {
    case 'GET state':
      return jsonAnswer(200, {
        switches,
        appointments: state
          .all()
          .map(({ fields }) => readable(state.view(fields.domain, fields.appointmentId))),
        solo: readable({
          patients: solo.patients(),
          visits: solo.visits(),
          waitingRooms: solo.waitingRooms(),
          episodes: solo.episodes(),
          webhooks: solo.webhooks(),
          openedLinks: solo.openedLinks(),
        }),
        qualiphy: { exams: qualiphy.exams(), invites: qualiphy.invites(), refusals: qualiphy.refusals() },
      })
    case 'GET requests':
      return jsonAnswer(200, traffic.requests().map(readableRequest))
    case 'GET faults':
      return jsonAnswer(
        200,
        faults.handles().map((handle) => ({ id: handle.id, hits: handle.hits(), rule: handle.rule })),
      )
    case 'POST faults':
      return jsonAnswer(201, { id: faults.add(parseFaultRule(bodyOf(request))).id })
    case 'DELETE faults': {
      const gone = faults.handles().filter((handle) => id === undefined || handle.id === id)
      for (const handle of gone) handle.remove()
      return id !== undefined && gone.length === 0
        ? refusal(404, 'There is no such fault.')
        : jsonAnswer(200, { removed: gone.length })
    }
    case 'POST release': {
      const held = faults.handles().filter((handle) => id === undefined || handle.id === id)
      for (const handle of held) handle.release()
      return jsonAnswer(200, { released: held.length })
    }
    case 'PATCH switches':
      return jsonAnswer(200, Object.assign(switches, readSwitches(bodyOf(request))))
    case 'POST appointments':
      return jsonAnswer(201, state.add(checked(seedFields, bodyOf(request))).fields)
    case 'PUT status': {
      const wanted = checked(status, bodyOf(request))
      state.setStatus(wanted.domain, wanted.appointmentId, wanted.status)
      return jsonAnswer(200, wanted)
    }
    case 'PUT solo-visit': {
      const { appointmentId, ...change } = checked(soloVisit, bodyOf(request))
      solo.setVisit(appointmentId, change)
      return jsonAnswer(200, readable(solo.visit(appointmentId)))
    }
    case 'POST solo-webhook': {
      const { postTo, ...happening } = checked(soloWebhook, bodyOf(request))
      return jsonAnswer(200, await solo.sendWebhook(happening, postTo))
    }
    case 'POST qualiphy-result': {
      const { patientExamId, status: ended, postTo } = checked(qualiphyResult, bodyOf(request))
      return jsonAnswer(200, await qualiphy.finish(patientExamId, ended, postTo))
    }
    case 'POST expire-tokens':
      controls.expireTokens()
      return jsonAnswer(200, {})
    case 'POST reset':
      controls.reset()
      return jsonAnswer(200, {})
    default:
      return refusal(404, 'There is no such control endpoint; the README lists them.')
  }
}

function readSwitches(body: unknown): Partial<Switches> {
  const given = Object.keys(checked(z.record(z.string(), z.unknown()), body))
  const read: Partial<Switches> = checked(switchesSchema, body)
  // The schema fills in defaults; only what was named may change.
  return Object.fromEntries(Object.entries(read).filter(([name]) => given.includes(name)))
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`The request is not valid: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`)
}

function bodyOf(request: ReceivedRequest): unknown {
  // A page in a browser can send a form to any port of this machine, but not JSON without asking first.
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new Error('The Content-Type must be application/json.')
  }
  if (request.bodyBytes > KEPT_BODY_BYTES) throw new Error('The body is too large.')
  try {
    return JSON.parse(request.body.toString('utf8')) as unknown
  } catch {
    throw new Error('The body is not valid JSON.')
  }
}

/** The connection comes from loopback, was addressed to loopback, and no web page sent it. */
function isFromThisMachine(request: ReceivedRequest): boolean {
  const [host = ''] = (request.headers['host'] ?? '').split(':')
  return (
    ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.remoteAddress) &&
    ['127.0.0.1', 'localhost'].includes(host) &&
    request.headers['origin'] === undefined
  )
}

function refusal(statusCode: number, message: string): Answer {
  return jsonAnswer(statusCode, { message })
}

/** Bytes as base64, so that JSON can carry them. */
function readable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_name, member: unknown) => {
      const buffer = z.object({ type: z.literal('Buffer'), data: z.array(z.number()) }).safeParse(member)
      return buffer.success ? Buffer.from(buffer.data.data).toString('base64') : member
    }),
  ) as unknown
}

/** Keys of Solo and Qualiphy are covered: what is printed may be pasted anywhere. */
function readableRequest({ body, headers, ...request }: RecordedRequest): unknown {
  const secret = ['api-key', 'teams-auth-token']
  const shown = Object.entries(headers).map(([name, value]) => [name, secret.includes(name) ? '***' : value])
  const covered =
    request.server === 'qualiphy'
      ? Buffer.from(body.toString('utf8').replace(/("api_key"\s*:\s*)"(?:[^"\\]|\\.)*"/g, '$1"***"'), 'utf8')
      : body
  return { ...request, headers: Object.fromEntries(shown), bodyBase64: covered.toString('base64') }
}
