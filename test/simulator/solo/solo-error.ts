import { jsonAnswer, type Answer } from '../core/answer.ts'

/**
 * How a Solo refusal is worded: `{"error":{"message"}}` nearly everywhere, `{"message"}` from request-assistance
 * (contract 3.1 "Error bodies").
 */
export type SoloErrorShape = 'nested' | 'flat'

/** A refusal of Solo on its way to becoming an answer. */
export class SoloError extends Error {
  readonly status: number
  readonly shape: SoloErrorShape
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    more: { shape?: SoloErrorShape; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.status = status
    this.shape = more.shape ?? 'nested'
    this.headers = more.headers ?? {}
  }
}

export function soloErrorAnswer({ status, message, shape, headers }: SoloError): Answer {
  return jsonAnswer(status, shape === 'flat' ? { message } : { error: { message } }, headers)
}

/** 400 in the form that the page shows: the names of the fields, each with what is wrong with it. */
export function badParameters(problems: readonly (readonly [field: string, message: string])[]): SoloError {
  const words = problems.map(([field, message]) => `${field}: ${message}`).join(', ')
  return new SoloError(400, `Bad parameters [${words}]`)
}

export function notFound(what: string): SoloError {
  return new SoloError(404, `${what} not found`)
}
