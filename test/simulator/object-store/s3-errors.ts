import { textAnswer, type Answer } from '../core/answer.ts'

/** The refusals of an S3-compatible store that the contract names (section 2), with S3's own words. */
export type S3Refusal = {
  readonly status: number
  readonly code: string
  readonly message: string
  /** Further elements of the XML document, in order. */
  readonly elements?: readonly (readonly [name: string, text: string])[]
}

export const accessDenied: S3Refusal = { status: 403, code: 'AccessDenied', message: 'Access Denied' }

export const slowDown: S3Refusal = {
  status: 503,
  code: 'SlowDown',
  message: 'Please reduce your request rate.',
}

export const expiredToken: S3Refusal = {
  status: 400,
  code: 'ExpiredToken',
  message: 'The provided token has expired.',
}

export const invalidToken: S3Refusal = {
  status: 400,
  code: 'InvalidToken',
  message: 'The provided token is malformed or otherwise invalid.',
}

export const twoAuthMechanisms: S3Refusal = {
  status: 400,
  code: 'InvalidArgument',
  message:
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
  elements: [['ArgumentName', 'Authorization']],
}

export const chunkedNotImplemented: S3Refusal = {
  status: 501,
  code: 'NotImplemented',
  message: 'A header you provided implies functionality that is not implemented',
  elements: [['Header', 'Transfer-Encoding']],
}

export const missingContentLength: S3Refusal = {
  status: 411,
  code: 'MissingContentLength',
  message: 'You must provide the Content-Length HTTP header.',
}

export const badDigest: S3Refusal = {
  status: 400,
  code: 'BadDigest',
  message: 'The checksum you specified did not match the calculated checksum.',
}

export const noSuchKey: S3Refusal = {
  status: 404,
  code: 'NoSuchKey',
  message: 'The specified key does not exist.',
}

export const methodNotAllowed: S3Refusal = {
  status: 405,
  code: 'MethodNotAllowed',
  message: 'The specified method is not allowed against this resource.',
}

export function badAuthorizationQuery(message: string): S3Refusal {
  return { status: 400, code: 'AuthorizationQueryParametersError', message }
}

export function requestExpired(times: { expiresAtMs: number; nowMs: number; ttlSeconds: number }): S3Refusal {
  return {
    status: 403,
    code: 'AccessDenied',
    message: 'Request has expired',
    elements: [
      ['X-Amz-Expires', String(times.ttlSeconds)],
      ['Expires', secondsIso(times.expiresAtMs)],
      ['ServerTime', secondsIso(times.nowMs)],
    ],
  }
}

export const notYetValid: S3Refusal = {
  status: 403,
  code: 'AccessDenied',
  message: 'Request is not valid yet',
}

export function headersNotSigned(names: readonly string[]): S3Refusal {
  return {
    status: 403,
    code: 'AccessDenied',
    message: 'There were headers present in the request which were not signed',
    elements: [['HeadersNotSigned', names.join(', ')]],
  }
}

/** S3 repeats the signature that came; a client that logs such an answer has leaked it. */
export function signatureDoesNotMatch(accessKeyId: string, signature: string): S3Refusal {
  return {
    status: 403,
    code: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    elements: [
      ['AWSAccessKeyId', accessKeyId],
      ['SignatureProvided', signature],
    ],
  }
}

export function invalidAccessKey(accessKeyId: string): S3Refusal {
  return {
    status: 403,
    code: 'InvalidAccessKeyId',
    message: 'The AWS Access Key Id you provided does not exist in our records.',
    elements: [['AWSAccessKeyId', accessKeyId]],
  }
}

export function entityTooLarge(sizeBytes: number, limitBytes: number): S3Refusal {
  return {
    status: 400,
    code: 'EntityTooLarge',
    message: 'Your proposed upload exceeds the maximum allowed size',
    elements: [
      ['ProposedSize', String(sizeBytes)],
      ['MaxSizeAllowed', String(limitBytes)],
    ],
  }
}

export function invalidRange(range: string, sizeBytes: number): S3Refusal {
  return {
    status: 416,
    code: 'InvalidRange',
    message: 'The requested range is not satisfiable',
    elements: [
      ['RangeRequested', range],
      ['ActualObjectSize', String(sizeBytes)],
    ],
  }
}

/** The XML document that S3 sends for a refusal. */
export function s3Answer(refusal: S3Refusal, requestId: string): Answer {
  const elements: (readonly [string, string])[] = [
    ['Code', refusal.code],
    ['Message', refusal.message],
    ...(refusal.elements ?? []),
    ['RequestId', requestId],
    ['HostId', 'simulated-store'],
  ]
  const inner = elements.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`).join('')
  return textAnswer(
    refusal.status,
    'application/xml',
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}</Error>`,
    { 'x-amz-request-id': requestId },
  )
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function secondsIso(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
