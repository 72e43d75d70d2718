import type { Result } from '../http/outcome.ts'
import { one } from '../qubs/calls.ts'
import { assistanceRequestSchema, type AssistanceRequest } from './answers.ts'
import { checked, type CallOptions, type SoloCall, type SoloCaller } from './caller.ts'
import { path } from './path.ts'
import { assistancePlace, type AssistancePlace } from './requests.ts'

/** Virtual nursing (contract 3.9). All three send a JSON body, GET and DELETE too. */
export type AssistanceCalls = {
  readonly createAssistanceRequest: (
    place: AssistancePlace,
    options?: CallOptions,
  ) => Promise<Result<AssistanceRequest>>
  readonly getAssistanceRequest: (
    place: AssistancePlace,
    options?: CallOptions,
  ) => Promise<Result<AssistanceRequest>>
  readonly cancelAssistanceRequest: (place: AssistancePlace, options?: CallOptions) => Promise<Result<null>>
}

export function assistanceCalls({ read, write, change }: SoloCaller): AssistanceCalls {
  const lookFirst = 'look at the current assistance request'
  return {
    async createAssistanceRequest(given, options = {}) {
      const place = checked(assistancePlace, given)
      if (!place.ok) return place
      return write(callOf('POST', place.value), options, lookFirst, one(assistanceRequestSchema))
    },
    async getAssistanceRequest(given, options = {}) {
      const place = checked(assistancePlace, given)
      if (!place.ok) return place
      return read(callOf('GET', place.value), options, one(assistanceRequestSchema))
    },
    async cancelAssistanceRequest(given, options = {}) {
      const place = checked(assistancePlace, given)
      if (!place.ok) return place
      return change(callOf('DELETE', place.value), options, lookFirst)
    },
  }
}

function callOf(method: 'GET' | 'POST' | 'DELETE', place: AssistancePlace): SoloCall {
  return { method, path: path`request-assistance`, body: { kind: 'json', value: place } }
}
