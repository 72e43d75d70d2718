import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useMemo, useState } from 'react'
import { findInRuns, type Match } from './find-in-text.ts'
import type { ShownMatch } from './highlights.ts'
import { readPageText, runsOf } from './page-text.ts'

type Found = { readonly page: number; readonly match: Match }
type Search = { readonly found: readonly Found[]; readonly isDone: boolean }

const nothing: Search = { found: [], isDone: true }

/** The search of one document. */
export type Find = {
  readonly typed: string
  readonly setTyped: (typed: string) => void
  readonly total: number
  /** Of the current match, from 1; 0 while there is none. */
  readonly number: number
  readonly isDone: boolean
  readonly step: (by: -1 | 1) => void
  readonly onPage: (page: number) => readonly ShownMatch[]
  /** The page of the current match. */
  readonly page: number | null
}

const none: readonly ShownMatch[] = []

/** Looks through page after page while the person types; a change of the words begins anew. */
export function useFind(pdf: PDFDocumentProxy | null): Find {
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState<Search>(nothing)
  const [current, setCurrent] = useState(0)
  useEffect(() => {
    if (pdf === null || typed.trim() === '') {
      setSearch(nothing)
      return undefined
    }
    const ending = new AbortController()
    const look = async () => {
      let found: readonly Found[] = []
      for (let page = 1; page <= pdf.numPages; page += 1) {
        const content = await readPageText(pdf, page).catch(() => null)
        if (ending.signal.aborted) return
        if (content === null) continue
        found = [...found, ...findInRuns(runsOf(content), typed).map((match) => ({ page, match }))]
      }
      setSearch({ found, isDone: true })
      setCurrent(0)
    }
    setSearch((former) => ({ ...former, isDone: false }))
    void look()
    return () => ending.abort()
  }, [pdf, typed])
  const total = search.found.length
  const shown = useMemo(() => byPage(search.found, current), [search, current])
  return {
    typed,
    setTyped,
    total,
    number: total === 0 ? 0 : current + 1,
    isDone: search.isDone,
    step: (by) => setCurrent(total === 0 ? 0 : (current + by + total) % total),
    onPage: (page) => shown.get(page) ?? none,
    page: search.found[current]?.page ?? null,
  }
}

function byPage(found: readonly Found[], current: number): ReadonlyMap<number, readonly ShownMatch[]> {
  const pages = new Map<number, ShownMatch[]>()
  found.forEach(({ page, match }, index) => {
    pages.set(page, [...(pages.get(page) ?? []), { match, isCurrent: index === current }])
  })
  return pages
}
