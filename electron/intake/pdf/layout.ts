/** One run of text as it stands on the page: points, from the top left, the page turned upright. */
export type Piece = {
  readonly text: string
  readonly left: number
  readonly right: number
  /** Distance of the baseline from the top. */
  readonly baseline: number
  /** Height of the type. */
  readonly size: number
  readonly rightToLeft: boolean
  /** The document itself put white space before it. */
  readonly spaceBefore: boolean
}

/** Pieces of one baseline that belong together; a wider gap begins a new segment (another cell or column). */
export type Segment = {
  readonly pieces: Piece[]
  left: number
  right: number
  baseline: number
  size: number
}

/** Gaps in parts of the type size: from here two pieces are two words … */
const WORD_GAP = 0.13
/** … and from here two cells. A justified line rarely stretches a space that far. */
const CELL_GAP = 1.5
/** Each of two columns of prose takes about half of the page's text; narrower ones are boxes and tables. */
const MIN_COLUMN_SHARE = 0.33
/** Columns: at least this many lines on each side, or it is a table. */
const MIN_COLUMN_LINES = 4

/**
 * The text of one page in reading order: lines from top to bottom, cells of a line joined by a tab, columns of prose
 * one after the other, a blank line where the page leaves one. Nothing is left out: running heads, page numbers and
 * side notes stay where they stand.
 */
export function layOut(pieces: readonly Piece[]): string {
  const segments = toSegments(pieces)
  const medianGap = median(gapsBetweenLines(segments))
  return regions(segments, MIN_COLUMN_SHARE * extent(segments))
    .map((region) => regionText(region, medianGap))
    .join('\n\n')
}

function toSegments(pieces: readonly Piece[]): Segment[] {
  return toLines(pieces, (piece) => piece).flatMap(cutIntoSegments)
}

type Placed = { readonly baseline: number; readonly size: number; readonly left: number }

function toLines<T>(items: readonly T[], place: (item: T) => Placed): T[][] {
  const ordered = items.toSorted((a, b) => place(a).baseline - place(b).baseline)
  const lines: { items: T[]; baseline: number; size: number }[] = []
  for (const item of ordered) {
    const { baseline, size } = place(item)
    const line = lines.at(-1)
    // Superscripts and slightly shifted cells share the line; the next line of tight type does not.
    if (
      line !== undefined &&
      Math.abs(baseline - line.baseline) < 0.45 * Math.max(Math.min(size, line.size), 2)
    ) {
      line.items.push(item)
      if (size > line.size) line.size = size
    } else lines.push({ items: [item], baseline, size })
  }
  return lines.map((line) => line.items.toSorted((a, b) => place(a).left - place(b).left))
}

function cutIntoSegments(line: readonly Piece[]): Segment[] {
  const segments: Segment[] = []
  for (const piece of line) {
    const current = segments.at(-1)
    const previous = current?.pieces.at(-1)
    if (current === undefined || previous === undefined) {
      segments.push(segmentOf(piece))
      continue
    }
    // Bold type is sometimes printed twice, a hair apart.
    const shift = Math.abs(piece.left - previous.left) + Math.abs(piece.baseline - previous.baseline)
    if (piece.text === previous.text && shift < 0.15 * piece.size) continue
    if (piece.left - current.right > CELL_GAP * Math.min(piece.size, current.size)) {
      segments.push(segmentOf(piece))
      continue
    }
    current.pieces.push(piece)
    current.right = Math.max(current.right, piece.right)
    current.size = Math.max(current.size, piece.size)
  }
  return segments
}

function segmentOf(piece: Piece): Segment {
  return {
    pieces: [piece],
    left: piece.left,
    right: piece.right,
    baseline: piece.baseline,
    size: piece.size,
  }
}

/** Parts of the page that are read one after the other, each in reading order. */
function regions(segments: readonly Segment[], minWidth: number): Segment[][] {
  if (segments.length < 2 * MIN_COLUMN_LINES) return segments.length > 0 ? [[...segments]] : []
  for (const left of frequentLeftEdges(segments)) {
    const run = columnRun(segments, left, minWidth)
    if (run === null) continue
    return [
      ...regions(segments.slice(0, run.from), minWidth),
      ...regions(run.leftSide, minWidth),
      ...regions(run.rightSide, minWidth),
      ...regions(segments.slice(run.to), minWidth),
    ]
  }
  return [[...segments]]
}

/** Where a column may begin: left edges that several segments share, the most shared first. */
function frequentLeftEdges(segments: readonly Segment[]): number[] {
  const counts = new Map<number, number>()
  for (const { left } of segments) {
    const edge = Math.round(left / 3) * 3
    counts.set(edge, (counts.get(edge) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count >= MIN_COLUMN_LINES - 1)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 20)
    .map(([edge]) => edge)
}

type ColumnRun = {
  readonly from: number
  readonly to: number
  readonly leftSide: Segment[]
  readonly rightSide: Segment[]
}

/** The first stretch of lines that the gutter before `edge` parts into two columns of prose, if there is one. */
function columnRun(segments: readonly Segment[], edge: number, minWidth: number): ColumnRun | null {
  const gutter = edge - 3
  const crosses = (segment: Segment) => segment.left < gutter && segment.right > gutter
  let from = 0
  while (from < segments.length) {
    const length = segments.slice(from).findIndex(crosses)
    const to = length < 0 ? segments.length : from + length
    const run = segments.slice(from, to)
    const leftSide = run.filter((segment) => segment.right <= gutter)
    const rightSide = run.filter((segment) => segment.left >= gutter)
    if (isProse(leftSide, minWidth) && isProse(rightSide, minWidth) && standSideBySide(leftSide, rightSide)) {
      return { from, to, leftSide, rightSide }
    }
    from = to + 1
  }
  return null
}

/** Full lines of words: cells of a table and label columns are short or ragged. */
function isProse(segments: readonly Segment[], minWidth: number): boolean {
  if (segments.length < MIN_COLUMN_LINES) return false
  const widths = segments.map((segment) => segment.right - segment.left)
  const words = segments.map((segment) => segmentText(segment).split(' ').length)
  const widest = Math.max(...widths)
  return median(words) >= 4 && median(widths) >= 0.6 * widest && widest >= minWidth
}

function standSideBySide(left: readonly Segment[], right: readonly Segment[]): boolean {
  const top = Math.max(left[0]?.baseline ?? 0, right[0]?.baseline ?? 0)
  const bottom = Math.min(left.at(-1)?.baseline ?? 0, right.at(-1)?.baseline ?? 0)
  const height = (side: readonly Segment[]) => (side.at(-1)?.baseline ?? 0) - (side[0]?.baseline ?? 0)
  return bottom - top >= 0.4 * Math.min(height(left), height(right))
}

function regionText(segments: readonly Segment[], medianGap: number): string {
  let text = ''
  let previous: number | null = null
  for (const line of toLines(segments, (segment) => segment)) {
    const baseline = line[0]?.baseline ?? 0
    const size = Math.max(...line.map((segment) => segment.size))
    if (previous !== null) {
      const gap = baseline - previous
      text += gap > Math.max(1.6 * size, 1.4 * medianGap) ? '\n\n' : '\n'
    }
    text += lineText(line)
    previous = baseline
  }
  return text
}

function lineText(line: readonly Segment[]): string {
  const rightToLeft = line.flatMap((segment) => segment.pieces).filter((piece) => piece.rightToLeft).length
  const pieces = line.reduce((sum, segment) => sum + segment.pieces.length, 0)
  const reversed = rightToLeft * 2 > pieces
  return (reversed ? line.toReversed() : line).map((segment) => segmentText(segment, reversed)).join('\t')
}

function segmentText(segment: Segment, reversed = false): string {
  const pieces = segment.pieces
  if (reversed)
    return pieces
      .toReversed()
      .map((piece) => piece.text.trim())
      .join(' ')
  let text = ''
  let right = Number.POSITIVE_INFINITY
  for (const piece of pieces) {
    const gap = piece.left - right
    const spaced = piece.spaceBefore || gap > WORD_GAP * piece.size
    if (text !== '' && spaced && !text.endsWith(' ') && !piece.text.startsWith(' ')) text += ' '
    text += piece.text
    right = piece.right
  }
  return text.trim()
}

/** From the leftmost to the rightmost edge of the text. */
function extent(segments: readonly Segment[]): number {
  const left = segments.reduce((least, segment) => Math.min(least, segment.left), Number.POSITIVE_INFINITY)
  const right = segments.reduce((most, segment) => Math.max(most, segment.right), 0)
  return Math.max(right - left, 0)
}

function gapsBetweenLines(segments: readonly Segment[]): number[] {
  const baselines = toLines(segments, (segment) => segment).map((line) => line[0]?.baseline ?? 0)
  return baselines.slice(1).map((baseline, index) => baseline - (baselines[index] ?? 0))
}

/** The lower one of two in the middle: of two gaps between three lines, the smaller is the line pitch. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0
}
