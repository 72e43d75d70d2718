/** One request as it came over the wire, body included. */
export type ReceivedRequest = {
  readonly method: string
  /** As sent: still percent-encoded, without the query. */
  readonly path: string
  /** As sent, without the question mark; empty when there was none. */
  readonly query: string
  /** Names in lower case; repeated headers joined with a comma and a space. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Bytes that arrived; more than `body` holds when the body was over the server's limit. */
  readonly bodyBytes: number
  readonly remoteAddress: string
  /** False when the client hung up before its body was through; such a request is recorded, but not answered. */
  readonly complete: boolean
}

/** Query parameters, decoded; a plus sign is a space, as in forms and in S3. Malformed escapes are kept as sent. */
export function queryParameters(query: string): Map<string, string[]> {
  const parameters = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(query)) {
    const values = parameters.get(name)
    if (values === undefined) parameters.set(name, [value])
    else values.push(value)
  }
  return parameters
}

/** The media type of a Content-Type header in lower case, and its charset where it names one. */
export function mediaTypeOf(header: string | undefined): { type: string; charset: string | null } {
  const [type = '', ...parameters] = (header ?? '').split(';')
  const charset = parameters
    .map((parameter) => parameter.trim().toLowerCase())
    .find((parameter) => parameter.startsWith('charset='))
  return {
    type: type.trim().toLowerCase(),
    charset: charset === undefined ? null : charset.slice('charset='.length).replaceAll('"', ''),
  }
}
