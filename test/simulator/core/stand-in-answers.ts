import { jsonAnswer, textAnswer, type Answer } from './answer.ts'
import type { RetryAfter } from './fault-rule.ts'

/** Parts of the answers that faults give in place of the real ones, the same for every product. */

/** The header for a wait, or no header at all. @param nowMs the server's clock, for the date form. */
export function retryAfterHeader(retryAfter: RetryAfter | undefined, nowMs: number): Record<string, string> {
  if (retryAfter === undefined) return {}
  if ('seconds' in retryAfter) return { 'Retry-After': String(retryAfter.seconds) }
  if ('raw' in retryAfter) return { 'Retry-After': retryAfter.raw }
  return { 'Retry-After': new Date(nowMs + retryAfter.dateInSeconds * 1000).toUTCString() }
}

/** What stands in front of a product says that it could not reach it: a cloud gateway in JSON, a proxy in HTML. */
export function proxyAnswer(
  status: number,
  body: 'gateway' | 'html',
  headers: Readonly<Record<string, string>>,
): Answer {
  return body === 'gateway'
    ? jsonAnswer(status, { message: 'Endpoint request timed out' }, headers)
    : textAnswer(status, 'text/html', '<html><h1>Bad gateway</h1></html>', headers)
}
