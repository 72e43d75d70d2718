import type { Match } from './find-in-text.ts'

/** Names that the style sheet knows (`::highlight(…)`): nothing is put into the page to mark a match. */
const found = 'document-found'
const current = 'document-found-current'

export type ShownMatch = { readonly match: Match; readonly isCurrent: boolean }

function registered(name: string): Highlight {
  const highlight = CSS.highlights.get(name) ?? new Highlight()
  CSS.highlights.set(name, highlight)
  return highlight
}

/** Marks matches in the runs of one page, and brings the current one into sight. Returns what takes the marks away. */
export function markMatches(runs: readonly HTMLElement[], matches: readonly ShownMatch[]): () => void {
  const marked: (readonly [highlight: Highlight, range: Range])[] = []
  for (const { match, isCurrent } of matches) {
    const highlight = registered(isCurrent ? current : found)
    for (const spot of match) {
      const text = runs[spot.run]?.firstChild
      if (text === null || text === undefined || spot.to > (text.textContent ?? '').length) continue
      const range = new Range()
      range.setStart(text, spot.from)
      range.setEnd(text, spot.to)
      highlight.add(range)
      marked.push([highlight, range])
    }
    if (isCurrent) runs[match[0]?.run ?? -1]?.scrollIntoView({ block: 'center', inline: 'nearest' })
  }
  return () => {
    for (const [highlight, range] of marked) highlight.delete(range)
  }
}
