/** A method, the name of its endpoint, and a path whose `:name` segments stand for anything. */
export type RoutePattern<E extends string> = readonly [method: string, endpoint: E, path: string]

export type TableRoute<E extends string> =
  | {
      readonly kind: 'endpoint'
      readonly endpoint: E
      /** Decoded segments by the name that the pattern gives them. */
      readonly parameters: Readonly<Record<string, string>>
    }
  | { readonly kind: 'wrong-method'; readonly allow: readonly string[] }
  | { readonly kind: 'unknown' }

/**
 * Finds the endpoint of a path. The first pattern that fits claims the path for all its methods, so one with a fixed
 * word comes before one with a name: nobody's appointment is called "pending".
 * @param path as sent, still percent-encoded.
 */
export function routeIn<E extends string>(
  patterns: readonly RoutePattern<E>[],
  method: string,
  path: string,
): TableRoute<E> {
  const segments = decodedSegments(path)
  if (segments === null) return { kind: 'unknown' }
  const fitting = patterns.flatMap(([allowed, endpoint, pattern]) => {
    const parameters = parametersOf(pattern, segments)
    return parameters === null ? [] : [{ allowed, endpoint, pattern, parameters }]
  })
  const own = fitting.filter(({ pattern }) => pattern === fitting[0]?.pattern)
  if (own.length === 0) return { kind: 'unknown' }
  const match = own.find(({ allowed }) => allowed === method)
  return match === undefined
    ? { kind: 'wrong-method', allow: own.map(({ allowed }) => allowed) }
    : { kind: 'endpoint', endpoint: match.endpoint, parameters: match.parameters }
}

function parametersOf(pattern: string, segments: readonly string[]): Record<string, string> | null {
  const parts = pattern.split('/')
  if (parts.length !== segments.length) return null
  const parameters: Record<string, string> = {}
  for (const [i, part] of parts.entries()) {
    const segment = segments[i] ?? ''
    if (!part.startsWith(':')) {
      if (part !== segment) return null
    } else if (segment === '') return null
    else parameters[part.slice(1)] = segment
  }
  return parameters
}

/** The parts of a path between its slashes, decoded; null when an escape is malformed. */
export function decodedSegments(path: string): string[] | null {
  try {
    return path.split('/').map(decodeURIComponent)
  } catch {
    return null
  }
}
