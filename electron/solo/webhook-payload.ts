import { z } from 'zod'
import { soloWebhookEvents, type SoloWebhookEvent } from '../../shared/solo.ts'
import { bytesOf, openText, type SealingSecret } from './sealed-text.ts'

/**
 * What a webhook says (contract 3.8, 4.4). Only a hint: it has no signature, no time and no id, it may come twice and
 * late, and a bit of it can be changed without notice. Whoever gets one reads the thing itself through the API.
 */
export type WebhookHint =
  | { readonly event: Extract<SoloWebhookEvent, `appointment:${string}`>; readonly appointmentId: number }
  | { readonly event: Extract<SoloWebhookEvent, `patient:${string}`>; readonly patientId: number }
  /** Their data is not documented. */
  | { readonly event: Extract<SoloWebhookEvent, `episode:${string}`> }

const soloNumber = z.union([
  z.int().min(1),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
])

const ofKind = <const Kind extends string>(kind: Kind) => {
  const isOfKind = (event: SoloWebhookEvent): event is Extract<SoloWebhookEvent, `${Kind}:${string}`> =>
    event.startsWith(`${kind}:`)
  return z.enum(soloWebhookEvents.filter(isOfKind))
}

const payload = z.union([
  z
    .object({ event: ofKind('appointment'), data: z.object({ appointmentId: soloNumber }) })
    .transform(({ event, data }): WebhookHint => ({ event, ...data })),
  z
    .object({ event: ofKind('patient'), data: z.object({ patientId: soloNumber }) })
    .transform(({ event, data }): WebhookHint => ({ event, ...data })),
  z.object({ event: ofKind('episode') }).transform(({ event }): WebhookHint => ({ event })),
])

/** What an opened text says; null for anything but a known event with the data that belongs to it. */
function hintOf(text: string): WebhookHint | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  return payload.safeParse(json).data ?? null
}

/**
 * Opens a received body with one webhook's key: as text first, as its decoded bytes then (contract 4.4, ambiguous).
 * null: not for this key, or not a known event.
 */
export function openWebhook(body: string, encryptionKey: string): WebhookHint | null {
  const sealed = sealedTextOf(body)
  const decoded = bytesOf(encryptionKey)
  const secrets: readonly SealingSecret[] = decoded === null ? [encryptionKey] : [encryptionKey, decoded]
  for (const secret of secrets) {
    const text = openText(sealed, secret)
    const hint = text === null ? null : hintOf(text)
    if (hint !== null) return hint
  }
  return null
}

const wrapped = z.object({
  data: z.unknown().optional(),
  payload: z.unknown().optional(),
  body: z.unknown().optional(),
})

/** The form of the body is not documented: bare, a JSON string, or an object around it (contract 4.4, ambiguous). */
export function sealedTextOf(body: string): string {
  const text = body.replace(/^\uFEFF/u, '').trim()
  if (!/^["{]/.test(text)) return text
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return text
  }
  if (typeof json === 'string') return json.trim()
  const { data: found } = wrapped.safeParse(json)
  const inner = [found?.data, found?.payload, found?.body].find((value) => typeof value === 'string')
  return inner?.trim() ?? text
}
