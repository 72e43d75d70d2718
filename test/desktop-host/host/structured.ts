/**
 * What may cross between page and host, as text: Electron uses the structured clone algorithm for IPC, a binding of
 * the DevTools Protocol carries one string. Self-contained, because its source is also run inside the page.
 */
export function createStructuredText() {
  const mark = '\u0000type'

  function toBase64(bytes: Uint8Array): string {
    const chunk = 0x8000
    let binary = ''
    for (let at = 0; at < bytes.length; at += chunk)
      binary += String.fromCharCode(...bytes.subarray(at, at + chunk))
    return btoa(binary)
  }

  function pack(value: unknown): unknown {
    switch (typeof value) {
      case 'undefined':
        return { [mark]: 'undefined' }
      case 'bigint':
        return { [mark]: 'bigint', value: String(value) }
      case 'number':
        // JSON knows neither the infinities nor a zero below zero.
        if (Object.is(value, -0)) return { [mark]: 'number', value: '-0' }
        return Number.isFinite(value) ? value : { [mark]: 'number', value: String(value) }
      case 'function':
      case 'symbol':
        // Electron's own words, so that a test meets the same error.
        throw new TypeError('An object could not be cloned.')
      case 'object':
        return value === null ? null : packObject(value)
      case 'boolean':
      case 'string':
        return value
    }
  }

  function packObject(value: object): unknown {
    if (Array.isArray(value)) return Array.from(value, pack)
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      return { [mark]: 'bytes', value: toBase64(bytes) }
    }
    if (value instanceof ArrayBuffer) return { [mark]: 'buffer', value: toBase64(new Uint8Array(value)) }
    if (value instanceof Date) return { [mark]: 'date', value: value.getTime() }
    if (value instanceof Map) return { [mark]: 'map', value: Array.from(value, pack) }
    if (value instanceof Set) return { [mark]: 'set', value: Array.from(value, pack) }
    if (value instanceof Error) return { [mark]: 'error', value: value.message }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, pack(member)]))
  }

  function unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unpack)
    if (typeof value !== 'object' || value === null) return value
    if (!(mark in value))
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unpack(member)]))
    const { value: held } = value as { value?: unknown }
    switch ((value as Record<string, unknown>)[mark]) {
      case 'bytes':
        return Uint8Array.from(atob(String(held)), (letter) => letter.charCodeAt(0))
      case 'buffer':
        return Uint8Array.from(atob(String(held)), (letter) => letter.charCodeAt(0)).buffer
      case 'bigint':
        return BigInt(String(held))
      case 'number':
        return Number(held)
      case 'date':
        return new Date(Number(held))
      case 'map':
        return new Map((held as unknown[]).map((pair) => unpack(pair) as [unknown, unknown]))
      case 'set':
        return new Set((held as unknown[]).map(unpack))
      case 'error':
        return new Error(String(held))
      default:
        return undefined
    }
  }

  return {
    /** @throws TypeError when the value holds a function or a symbol. */
    write: (value: unknown): string => JSON.stringify(pack(value)),
    read: (text: string): unknown => unpack(JSON.parse(text)),
  }
}
