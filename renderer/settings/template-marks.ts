import type { DocumentIdentity } from '../../shared/document.ts'

/** A piece of a text; `by` says who found it, null: nobody. */
export type Piece = { readonly text: string; readonly by: 'built-in' | 'template' | null }

/**
 * Cuts a text at what was found in it, wherever it stands as a word of its own. What was put together from several
 * places, or read differently than it is printed, is not found again and stays unmarked. Pure; the pieces together
 * are the text.
 */
export function marked(
  text: string,
  builtIn: DocumentIdentity,
  added: readonly DocumentIdentity[],
): readonly Piece[] {
  const found = new Map<string, 'built-in' | 'template'>()
  for (const value of added.flatMap(printedValues)) found.set(value, 'template')
  for (const value of printedValues(builtIn)) found.set(value, 'built-in')
  const values = [...found.keys()].toSorted((a, b) => b.length - a.length)
  if (values.length === 0) return text === '' ? [] : [{ text, by: null }]
  const any = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${values.map((value) => RegExp.escape(value)).join('|')})(?![\\p{L}\\p{N}])`,
    'gu',
  )
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(any)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), by: null })
    pieces.push({ text: match[0], by: found.get(match[0]) ?? null })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), by: null })
  return pieces
}

/** As it stands in the text; a sex is one letter, which would be marked everywhere. */
function printedValues(identity: DocumentIdentity): readonly string[] {
  return [
    ...identity.names,
    ...identity.birthDates.map((date) => date.printed),
    ...identity.patientIds,
    ...identity.appointmentIds,
    ...identity.accessionNumbers,
    ...identity.studyInstanceUids,
  ].filter((value) => value.length > 1)
}
