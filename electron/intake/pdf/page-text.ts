import { layOut } from './layout.ts'
import type { Piece } from './layout.ts'

/** A run of text as pdf.js gives it: `transform` in the page's own, unturned space (points, origin at the bottom). */
export type TextRun = {
  readonly str: string
  readonly dir: string
  readonly transform: readonly number[]
  readonly width: number
  readonly height: number
}

/** What a person typed into a form field or onto the page: part of what the page shows, but not of its text stream. */
export type TypedText = { readonly text: string; readonly rect: readonly number[] }

type Matrix = readonly [number, number, number, number, number, number]
/** 0 to 3 quarter turns to the left. */
type Turned = { readonly quarter: number; readonly piece: Piece }

/**
 * The text of one page in reading order.
 *
 * @param view the page's viewport transform at scale 1 (it turns the page upright)
 */
export function pageText(
  runs: readonly TextRun[],
  typed: readonly TypedText[],
  view: readonly number[],
): string {
  const toPage = matrix(view)
  const turned = [...fromRuns(runs, toPage), ...typed.flatMap((field) => fromField(field, toPage))]
  const quarters = [...new Set(turned.map((item) => item.quarter))]
  const byQuarter = quarters.map((quarter) => turned.filter((item) => item.quarter === quarter))
  // The way most of the page is written comes first; a turned note in the margin follows.
  return byQuarter
    .toSorted((a, b) => letters(b) - letters(a))
    .map((items) => layOut(items.map((item) => item.piece)))
    .join('\n\n')
}

const letters = (items: readonly Turned[]): number =>
  items.reduce((sum, item) => sum + item.piece.text.length, 0)

function matrix(values: readonly number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = -1, e = 0, f = 0] = values
  return [a, b, c, d, e, f]
}

function* fromRuns(runs: readonly TextRun[], page: Matrix): Generator<Turned> {
  let spaceBefore = false
  for (const run of runs) {
    if (run.str.trim() === '') {
      spaceBefore ||= run.str !== ''
      continue
    }
    const [a, b, c, d, e, f] = matrix(run.transform)
    const along: readonly [number, number] = [page[0] * a + page[2] * b, page[1] * a + page[3] * b]
    const up: readonly [number, number] = [page[0] * c + page[2] * d, page[1] * c + page[3] * d]
    const x = page[0] * e + page[2] * f + page[4]
    const y = page[1] * e + page[3] * f + page[5]
    const quarter = quarterOf(along)
    const [left, baseline] = turn(x, y, quarter)
    const vertical = run.dir === 'ttb'
    yield {
      quarter,
      piece: {
        text: run.str,
        left,
        right: left + (vertical ? 0 : run.width),
        baseline,
        size: Math.max(Math.hypot(...up), 1),
        rightToLeft: run.dir === 'rtl',
        spaceBefore,
      },
    }
    spaceBefore = false
  }
}

/** y grows downwards here, so text that climbs the page runs along (0, -1). */
function quarterOf([x, y]: readonly [number, number]): number {
  if (Math.abs(x) >= Math.abs(y)) return x >= 0 ? 0 : 2
  return y < 0 ? 1 : 3
}

function turn(x: number, y: number, quarter: number): readonly [number, number] {
  if (quarter === 1) return [-y, x]
  if (quarter === 2) return [-x, -y]
  return quarter === 3 ? [y, -x] : [x, y]
}

function fromField(field: TypedText, page: Matrix): Turned[] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = field.rect
  const corner = (x: number, y: number) =>
    [page[0] * x + page[2] * y + page[4], page[1] * x + page[3] * y + page[5]] as const
  const [[ax, ay], [bx, by]] = [corner(x1, y1), corner(x2, y2)]
  const lines = field.text.split(/\r\n|\r|\n/)
  const height = Math.abs(by - ay)
  const pitch = Math.min(height / lines.length, 14)
  const size = Math.max(Math.min(pitch * 0.8, 11), 1)
  // One line sits in the middle of its field, several begin at its top.
  const top = Math.min(ay, by) + (lines.length === 1 ? (height - size) / 2 : 0)
  return lines
    .map((text, index) => ({ text, index }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, index }) => ({
      quarter: 0,
      piece: {
        text,
        left: Math.min(ax, bx),
        right: Math.max(ax, bx),
        baseline: top + index * pitch + size * 0.85,
        size,
        rightToLeft: false,
        spaceBefore: true,
      },
    }))
}
