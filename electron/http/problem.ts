/** What an error answer says about itself, made safe to show. Never parsed for decisions, except its code. */
export type Problem = {
  /** `invalid_client`, S3 `AccessDenied`, … */
  readonly code: string | null
  /** At most 200 characters, without control characters, addresses and anything that we sent ourselves. */
  readonly detail: string
  readonly requestId: string | null
}

/** Longest text of a server that is shown, in characters. */
export const MAX_DETAIL_CHARACTERS = 200

const noProblem: Problem = { code: null, detail: '', requestId: null }

/**
 * Reads problem+json (RFC 9457), OAuth errors (RFC 6749 5.2), `{message}`, `{error: {message}}`, a bare JSON string,
 * and S3's XML. Members of the wrong JSON type are ignored; HTML and everything else gives nothing.
 */
export function readProblem(body: Uint8Array, privateTexts: readonly string[] = []): Problem {
  const text = new TextDecoder().decode(body).trim()
  if (text.startsWith('<')) {
    const { code, requestId } = readStorageError(text, privateTexts)
    return { ...noProblem, code, requestId }
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return noProblem
  }
  if (typeof json === 'string') return { ...noProblem, detail: cleanDetail(json, privateTexts) }
  if (!isRecord(json)) return noProblem
  const error = json['error']
  const nested = isRecord(error) ? error : {}
  const said =
    nonBlank(json['detail']) ??
    nonBlank(nested['message']) ??
    nonBlank(json['message']) ??
    nonBlank(json['error_message']) ??
    nonBlank(json['title']) ??
    ''
  const detail = [said, ...validationErrors(json['errors'])].filter((part) => part !== '').join(' ')
  return {
    code: asToken(error, privateTexts) ?? asToken(json['code'], privateTexts),
    detail: cleanDetail(detail, privateTexts),
    requestId: asToken(json['requestId'], privateTexts),
  }
}

/** ASP.NET's map of field name to messages (contract 1.3). */
function validationErrors(errors: unknown): readonly string[] {
  if (!isRecord(errors)) return []
  return Object.entries(errors).flatMap(([field, messages]) => {
    const texts = (Array.isArray(messages) ? messages : [messages]).filter((m) => typeof m === 'string')
    return texts.length === 0 ? [] : [`${field}: ${texts.join(' ')}`]
  })
}

/** Code, message and request id of S3's XML error, by a small tolerant reader (contract 2). The message is not for showing. */
export function readStorageError(
  xml: string,
  privateTexts: readonly string[] = [],
): {
  readonly code: string | null
  readonly message: string
  readonly requestId: string | null
} {
  const element = (name: string): string =>
    new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]{1,500})<`).exec(xml)?.[1]?.trim() ?? ''
  return {
    code: asToken(element('Code'), privateTexts),
    message: element('Message'),
    requestId: asToken(element('RequestId'), privateTexts),
  }
}

/** A server's text for a person: one line, no addresses or long tokens, nothing private, at most 200 characters. */
export function cleanDetail(text: string, privateTexts: readonly string[] = []): string {
  const line = oneLine(text.slice(0, 2000)).slice(0, 400)
  if (privateTexts.some((secret) => shares(line, secret))) return ''
  const safe = line.replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[address]').replace(/\S{41,}/g, '[removed]')
  const characters = Array.from(safe)
  return characters.length <= MAX_DETAIL_CHARACTERS
    ? safe
    : `${characters.slice(0, MAX_DETAIL_CHARACTERS - 1).join('')}…`
}

function oneLine(text: string): string {
  // Format characters (Cf) go too: they can turn the reading direction of the whole sentence around.
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
}

const WINDOW_CHARACTERS = 12

/** Whether the line repeats a short private text whole, or any twelve characters of a longer one. */
function shares(line: string, secret: string): boolean {
  const low = line.toLowerCase()
  const own = oneLine(secret).toLowerCase()
  if (own.length < 3) return false
  if (own.length <= WINDOW_CHARACTERS) return low.includes(own)
  for (let at = 0; at + WINDOW_CHARACTERS <= low.length; at += 1) {
    if (own.includes(low.slice(at, at + WINDOW_CHARACTERS))) return true
  }
  return false
}

/** Shorter private texts are words that a code of a server may well have in it. */
const SHORTEST_SECRET_CHARACTERS = 8

/**
 * A code or an id of a server, which is kept and logged: at most 100 letters, digits, `_`, `.`, `:` and `-`, and nothing
 * that we sent ourselves. null for anything else: an odd server may put a secret in its place.
 */
export function asToken(value: unknown, privateTexts: readonly string[] = []): string | null {
  if (typeof value !== 'string' || !/^[A-Za-z0-9][\w.:-]{0,99}$/.test(value)) return null
  const isOurs = privateTexts.some(
    (secret) => secret.length >= SHORTEST_SECRET_CHARACTERS && shares(value, secret),
  )
  return isOurs ? null : value
}

function nonBlank(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
