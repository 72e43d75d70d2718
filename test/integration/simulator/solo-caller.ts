import { expect } from 'vitest'
import type { Simulator } from '../../simulator/simulator.ts'
import { call, json, type Answered } from './client.ts'

/** A plain caller of the simulated Solo. */
export type SoloCaller = {
  /** JSON with the Api-Key; a header that is undefined is left out. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string | undefined>>,
  ): Promise<Answered>
}

/** Calls below `/qapi/v1`. */
export function soloCaller({ solo }: Simulator): SoloCaller {
  return {
    send(method, path, body, headers = {}) {
      const all = { 'Api-Key': solo.apiKey, 'Content-Type': 'application/json', ...headers }
      const given: Record<string, string> = {}
      for (const [name, value] of Object.entries(all)) if (value !== undefined) given[name] = value
      return call(`${solo.baseUrl}/qapi/v1${path}`, {
        method,
        headers: given,
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      })
    },
  }
}

/** `{"error":{"message"}}` and nothing else. */
export function nestedMessage(answer: Answered): string {
  const body = json(answer)
  expect(Object.keys(body)).toEqual(['error'])
  return String(body['error']?.['message'])
}

/** The fields that a 400 names. */
export function refusedFields(answer: Answered): string[] {
  expect(answer.status).toBe(400)
  const [, words = ''] = /^Bad parameters \[(.*)\]$/s.exec(nestedMessage(answer)) ?? []
  return words.split(', ').map((word) => word.split(':')[0] ?? '')
}
