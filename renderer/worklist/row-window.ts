import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Rows beyond each edge that are in the page too, so that a turn of the wheel meets rows and no gap. */
const BEYOND = 5
/** Rows for the first frame, before the size of the list is known. */
const AT_FIRST = 16

export type RowWindow = {
  /** Goes to the element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The rows in the page: from `first` up to, and without, `end`. */
  readonly first: number
  readonly end: number
  readonly onScroll: () => void
  /** Scrolls no further than is needed to bring the row into sight. */
  readonly reveal: (index: number) => void
  /** How many whole rows are in sight. */
  readonly pageSize: () => number
}

/** The rows between two places of the list, in pixels from its first row; pure. */
export function rowsBetween(
  fromPx: number,
  toPx: number,
  rowHeightPx: number,
  rowCount: number,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(fromPx / rowHeightPx) - BEYOND)
  const end = Math.min(rowCount, Math.ceil(toPx / rowHeightPx) + BEYOND)
  return { first: Math.min(first, end), end }
}

/**
 * Which rows of a long list are worth being in the page. All rows are of one height, so it is a division: a list
 * library that builds every row to find out needed 0.8 s for 5,000 studies and 0.5 s for a key in the search
 * (docs/performance.md).
 * @param basis what the list shows; when it changes the list begins at its top again
 */
export function useRowWindow(
  rowCount: number,
  rowHeightPx: number,
  headHeightPx: number,
  initialTopPx: number,
  basis: string,
): RowWindow {
  const scroller = useRef<HTMLDivElement>(null)
  const [edges, setEdges] = useState({ fromPx: initialTopPx, toPx: initialTopPx + AT_FIRST * rowHeightPx })

  const onScroll = useCallback(() => {
    const list = scroller.current
    if (list === null) return
    const fromPx = list.scrollTop - (list.scrollTop % rowHeightPx)
    const toPx = fromPx + list.clientHeight - headHeightPx + rowHeightPx
    setEdges((present) => (present.fromPx === fromPx && present.toPx === toPx ? present : { fromPx, toPx }))
  }, [rowHeightPx, headHeightPx])

  useLayoutEffect(() => {
    const list = scroller.current
    if (list === null) return undefined
    const watch = new ResizeObserver(onScroll)
    watch.observe(list)
    return () => watch.disconnect()
  }, [onScroll])
  // Fewer rows may have moved the list up without a word.
  useLayoutEffect(onScroll, [onScroll, rowCount])
  const begunWith = useRef<string | null>(null)
  useLayoutEffect(() => {
    const list = scroller.current
    if (list === null || begunWith.current === basis) return
    // At first where the list was left; later the top, because it is another list.
    list.scrollTop = begunWith.current === null ? initialTopPx : 0
    begunWith.current = basis
    onScroll()
  }, [basis, initialTopPx, onScroll])

  const room = () => (scroller.current?.clientHeight ?? 0) - headHeightPx
  return {
    scroller,
    ...rowsBetween(edges.fromPx, edges.toPx, rowHeightPx, rowCount),
    onScroll,
    reveal(index) {
      const list = scroller.current
      if (list === null) return
      const topPx = index * rowHeightPx
      if (topPx < list.scrollTop) list.scrollTop = topPx
      else if (topPx + rowHeightPx > list.scrollTop + room()) list.scrollTop = topPx + rowHeightPx - room()
    },
    pageSize: () => Math.max(1, Math.floor(room() / rowHeightPx)),
  }
}
