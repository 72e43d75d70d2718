/** A path below `/qapi/v1/`, and the ids in it, which no message may repeat. null: an id that cannot stand in a path. */
export type SoloPath = { readonly text: string; readonly ids: readonly string[] } | null

/** `path\`appointments/${id}/attachments\``: every value is percent-encoded as one segment. */
export function path(texts: TemplateStringsArray, ...values: readonly (string | number)[]): SoloPath {
  const ids = values.map(String)
  // encodeURIComponent throws on lone surrogates, and "." or ".." would name another path.
  if (ids.some((id) => !id.isWellFormed() || /^\.{0,2}$/.test(id))) return null
  const parts = texts.map((text, at) => `${text}${encodeURIComponent(ids[at] ?? '')}`)
  return { text: parts.join(''), ids }
}
