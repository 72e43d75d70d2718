import { z } from 'zod'
import { jsonAnswer } from '../core/answer.ts'
import { bodyObject } from '../core/json-request.ts'
import { sealEnvelope } from './envelope.ts'
import {
  createdAnswer,
  emptyAnswer,
  type SoloCall,
  type SoloContext,
  type SoloHandlers,
} from './solo-call.ts'
import { notFound } from './solo-error.ts'
import { readSoloBody } from './solo-input.ts'
import { webhookEvents, type SoloWebhook, type SoloWebhookEvent } from './solo-records.ts'

/** Webhooks: their management (contract 3.8) and the bodies that they send (contract 4.4). */

type WebhookFields = Pick<SoloWebhook, 'endpoint' | 'events'>

function readWebhook({ request }: SoloCall, { switches }: SoloContext): WebhookFields {
  const schema = bodyObject(
    {
      endpoint: z.url({ protocol: /^https?$/, error: 'This value is not a valid URL.' }),
      events: z
        .array(z.enum(webhookEvents, { error: 'The value you selected is not a valid choice.' }))
        .min(1, { error: 'This value should not be blank.' }),
    },
    switches.refuseUnknownFields,
  )
  return readSoloBody(request, schema)
}

/** @throws SoloError 404 */
function webhookOf({ parameters }: SoloCall, { state }: SoloContext): SoloWebhook {
  const found = state.webhooks.find(({ id }) => id === parameters['webhookId'])
  if (found === undefined) throw notFound('Webhook')
  return found
}

/** The key is shown at creation and when one webhook is asked for, nowhere else. */
const withoutKey = ({ id, endpoint, events }: SoloWebhook): unknown => ({ id, endpoint, events })
const withKey = ({ id, endpoint, events, encryptionKey }: SoloWebhook): unknown => ({
  id,
  endpoint,
  events,
  encryptionKey,
})

export const webhookCalls: SoloHandlers<
  'solo-webhook-create' | 'solo-webhook-update' | 'solo-webhooks' | 'solo-webhook-delete' | 'solo-webhook'
> = {
  'solo-webhook-create': (call, context) => {
    const webhook: SoloWebhook = {
      ...readWebhook(call, context),
      id: context.newId(),
      encryptionKey: context.randomBytes(16).toString('base64'),
    }
    context.state.webhooks.push(webhook)
    return createdAnswer(withKey(webhook), context)
  },
  'solo-webhook-update': (call, context) => {
    const webhook = webhookOf(call, context)
    Object.assign(webhook, readWebhook(call, context))
    return jsonAnswer(200, withoutKey(webhook))
  },
  'solo-webhooks': (_call, { state }) => jsonAnswer(200, state.webhooks.map(withoutKey)),
  'solo-webhook-delete': (call, context) => {
    const { webhooks } = context.state
    webhooks.splice(webhooks.indexOf(webhookOf(call, context)), 1)
    return emptyAnswer(context)
  },
  'solo-webhook': (call, context) => jsonAnswer(200, withKey(webhookOf(call, context))),
}

/** What happened, and to whom. */
export type SoloHappening = {
  readonly event: SoloWebhookEvent
  /** Solo patient id (SPID). */
  readonly patientId?: number
  readonly appointmentId?: number
  readonly episodeId?: string
}

/** The body of one webhook, as the vendor posts it. */
export type SoloWebhookBody = {
  readonly webhookId: string
  readonly endpoint: string
  readonly contentType: string
  readonly body: string
}

/**
 * The encrypted body of the first webhook that has subscribed to the event.
 * @throws Error when none has.
 */
export function webhookBody(happening: SoloHappening, context: SoloContext): SoloWebhookBody {
  const { state, switches, randomBytes } = context
  const webhook = state.webhooks.find(({ events }) => events.includes(happening.event))
  if (webhook === undefined) throw new Error(`No webhook has subscribed to ${happening.event}.`)
  const { encryptionKey } = webhook
  const payload = JSON.stringify({ event: happening.event, data: dataOf(happening, context) })
  const secret = switches.soloWebhookKey === 'text' ? encryptionKey : Buffer.from(encryptionKey, 'base64')
  const envelope = sealEnvelope(payload, secret, randomBytes)
  const wrapped = {
    bare: { contentType: 'text/plain; charset=utf-8', body: envelope },
    'json-string': { contentType: 'application/json', body: JSON.stringify(envelope) },
    object: { contentType: 'application/json', body: JSON.stringify({ data: envelope }) },
  }
  return { webhookId: webhook.id, endpoint: webhook.endpoint, ...wrapped[switches.soloWebhookBody] }
}

function dataOf(
  { event, patientId, appointmentId, episodeId }: SoloHappening,
  { state, switches }: SoloContext,
): unknown {
  if (event.startsWith('patient:')) return { patientId: patientId ?? state.patients[0]?.spid }
  if (event.startsWith('appointment:')) return { appointmentId: appointmentId ?? state.visits[0]?.id }
  switch (switches.soloEpisodePayload) {
    case 'episodeId':
      return { episodeId: episodeId ?? state.episodes[0]?.id }
    case 'patientId':
      return { patientId: patientId ?? state.patients[0]?.spid }
    case 'empty':
      return {}
  }
}
