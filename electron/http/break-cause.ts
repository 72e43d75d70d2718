import type { BreakCause } from './exchange.ts'

const certificateCodes = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'HOSTNAME_MISMATCH',
  'PATH_LENGTH_EXCEEDED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

const causes: Readonly<Record<string, BreakCause>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  EAI_NODATA: 'name-not-found',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_PRX_TLS: 'certificate',
  UND_ERR_PRX_CONN: 'proxy',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'malformed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  UND_ERR_INVALID_ARG: 'not-allowed',
  UND_ERR_NOT_SUPPORTED: 'not-allowed',
  EPROTO: 'tls',
}

/** What broke, from the error that the HTTP library threw. Its message is never used for anything but the proxy's status. */
export function breakCauseOf(error: unknown): { readonly cause: BreakCause; readonly code: string | null } {
  const chain = chainOf(error)
  const codes = chain.flatMap((e) => (typeof e.code === 'string' ? [e.code] : []))
  const code = codes.find((c) => /^[A-Z][A-Z0-9_]{1,63}$/.test(c)) ?? null
  // The library reports the proxy's refusal of a tunnel only in words.
  const refusal = chain.map((e) => /^Proxy response \((\d{3})\)/.exec(e.message)?.[1]).find(Boolean)
  if (refusal !== undefined) return { cause: refusal === '407' ? 'proxy-auth' : 'proxy', code: refusal }
  for (const one of codes) {
    if (certificateCodes.has(one)) return { cause: 'certificate', code: one }
    const known = causes[one]
    if (known !== undefined) return { cause: known, code: one }
    if (one.startsWith('ERR_SSL_') || one.startsWith('ERR_TLS_')) return { cause: 'tls', code: one }
    if (one.startsWith('HPE_')) return { cause: 'malformed', code: one }
  }
  return { cause: 'reset', code }
}

type Link = Error & { readonly code?: unknown }

/** The error, its causes and the parts of an AggregateError, at most a handful. */
function chainOf(error: unknown): readonly Link[] {
  const found: Link[] = []
  const queue = [error]
  while (queue.length > 0 && found.length < 10) {
    const next = queue.shift()
    if (!(next instanceof Error)) continue
    found.push(next)
    if (next instanceof AggregateError) queue.push(...(next.errors as unknown[]))
    queue.push(next.cause)
  }
  return found
}
