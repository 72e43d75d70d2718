import { z } from 'zod'
import { KEPT_BODY_BYTES } from './loopback-server.ts'
import { mediaTypeOf, type ReceivedRequest } from './received-request.ts'

/** The JSON that a request carries, or what stands in its way; each product words the refusal in its own form. */
export type JsonOfRequest =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'wrong-type' | 'too-large' | 'malformed' }

export function jsonOf(request: ReceivedRequest): JsonOfRequest {
  const { type, charset } = mediaTypeOf(request.headers['content-type'])
  if (type !== 'application/json' || (charset !== null && charset !== 'utf-8')) return { kind: 'wrong-type' }
  if (request.bodyBytes > KEPT_BODY_BYTES) return { kind: 'too-large' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(request.body)
    return { kind: 'json', value: JSON.parse(text) as unknown }
  } catch {
    return { kind: 'malformed' }
  }
}

/** An object schema that ignores or refuses members it does not know. */
export function bodyObject<S extends z.ZodRawShape>(shape: S, refuseUnknown: boolean): z.ZodObject<S> {
  return refuseUnknown ? z.strictObject(shape) : z.object(shape)
}
