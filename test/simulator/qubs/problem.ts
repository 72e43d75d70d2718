import { textAnswer, type Answer } from '../core/answer.ts'

/** A refusal of the API, on its way to becoming problem+json (RFC 7807; contract 1.3 "Errors"). */
export class ProblemError extends Error {
  readonly status: number
  readonly errors: Record<string, string[]> | undefined
  readonly headers: Record<string, string>

  constructor(
    status: number,
    detail: string,
    more: { errors?: Record<string, string[]>; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.status = status
    this.errors = more.errors
    this.headers = more.headers ?? {}
  }
}

const titles: Record<number, string> = {
  400: 'One or more validation errors occurred.',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'An error occurred while processing your request.',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** `requestId` goes into the body, as the vendor's pages say; the caller adds X-Correlation-Id. */
export function problemAnswer(problem: ProblemError, requestId: string): Answer {
  const body = {
    type: null,
    title: titles[problem.status] ?? 'Request refused',
    status: problem.status,
    detail: problem.message,
    requestId,
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  }
  return textAnswer(problem.status, 'application/problem+json', JSON.stringify(body), problem.headers)
}

/** 404 of every reporting endpoint: one answer for both reasons, so that a caller cannot tell them apart. */
export function notPending(): ProblemError {
  return new ProblemError(404, 'The appointment was not found or is not in the PENDING REPORTING status.')
}

export function invalid(field: string, message: string): ProblemError {
  return new ProblemError(400, 'The request is not valid.', { errors: { [field]: [message] } })
}
