import {
  COLUMN_WIDTH_PX,
  columnIds,
  type ColumnChoice,
  type ColumnId,
  type Preferences,
} from '../../shared/preferences.ts'

/** How wide a column is made to be: fixed, or a share of what is left. Pixels at the size of the text. */
type Measure = { readonly minPx: number; readonly share: number; readonly isShownAtFirst: boolean }

const measures: Readonly<Record<ColumnId, Measure>> = {
  due: { minPx: 156, share: 0, isShownAtFirst: true },
  patient: { minPx: 164, share: 1.7, isShownAtFirst: true },
  age: { minPx: 84, share: 0, isShownAtFirst: false },
  modality: { minPx: 58, share: 0, isShownAtFirst: true },
  study: { minPx: 128, share: 1.4, isShownAtFirst: true },
  site: { minPx: 116, share: 0.7, isShownAtFirst: false },
  // In the table only where there are several: then a row without it could be anybody's.
  practice: { minPx: 116, share: 0.7, isShownAtFirst: true },
  doctor: { minPx: 92, share: 0.8, isShownAtFirst: true },
  clinic: { minPx: 116, share: 0.7, isShownAtFirst: false },
  assigned: { minPx: 96, share: 0.6, isShownAtFirst: true },
  scheduled: { minPx: 120, share: 0, isShownAtFirst: false },
  priority: { minPx: 104, share: 0, isShownAtFirst: true },
  alerts: { minPx: 90, share: 0, isShownAtFirst: false },
  id: { minPx: 112, share: 0, isShownAtFirst: true },
}

/** Where a study has one line, the patient's identifiers stand beside the name and not below it. */
const compactMinPx: Partial<Record<ColumnId, number>> = { patient: 300 }

type Density = Preferences['density']

/** The width that a column starts from when it is resized; pixels. */
export function minWidthPx(id: ColumnId, density: Density): number {
  return (density === 'compact' ? compactMinPx[id] : undefined) ?? measures[id].minPx
}

/** Who the patient is stays in sight in every view: two identifiers, never fewer. */
export function canBeHidden(id: ColumnId): boolean {
  return id !== 'patient'
}

/** Every column once: the chosen ones in their order, then what a newer version has added. */
export function allColumns(chosen: readonly ColumnChoice[]): readonly ColumnChoice[] {
  const named = new Map(chosen.map((column) => [column.id, column]))
  const added = columnIds
    .filter((id) => !named.has(id))
    .map((id) => ({ id, isShown: measures[id].isShownAtFirst, widthPx: null }))
  return [...named.values(), ...added].map((column) =>
    canBeHidden(column.id) ? column : { ...column, isShown: true },
  )
}

/** What is in the table, from left to right. With one practice its column says nothing. */
export function shownColumns(chosen: readonly ColumnChoice[], practices: number): readonly ColumnChoice[] {
  return allColumns(chosen).filter(({ id, isShown }) => isShown && (id !== 'practice' || practices > 1))
}

export function showColumn(
  chosen: readonly ColumnChoice[],
  id: ColumnId,
  isShown: boolean,
): readonly ColumnChoice[] {
  return allColumns(chosen).map((column) =>
    column.id === id ? { ...column, isShown: isShown || !canBeHidden(id) } : column,
  )
}

/** `widthPx` null: back to the width that the column is made for. */
export function resizeColumn(
  chosen: readonly ColumnChoice[],
  id: ColumnId,
  widthPx: number | null,
): readonly ColumnChoice[] {
  const width = widthPx === null ? null : clampWidth(widthPx)
  return allColumns(chosen).map((column) => (column.id === id ? { ...column, widthPx: width } : column))
}

export function clampWidth(widthPx: number): number {
  return Math.min(COLUMN_WIDTH_PX.max, Math.max(COLUMN_WIDTH_PX.min, Math.round(widthPx)))
}

/**
 * Moves a column one place past its neighbour in `among`, the columns that the person sees; it stays where it is at the
 * end of them.
 */
export function moveColumn(
  chosen: readonly ColumnChoice[],
  id: ColumnId,
  by: -1 | 1,
  among: readonly ColumnId[] = columnIds,
): readonly ColumnChoice[] {
  const columns = allColumns(chosen)
  const visible = columns.filter((column) => among.includes(column.id))
  const place = visible.findIndex((column) => column.id === id)
  const neighbour = visible[place + by]
  const moved = columns.find((column) => column.id === id)
  if (place < 0 || neighbour === undefined || moved === undefined) return columns
  const others = columns.filter((column) => column.id !== id)
  const target = others.findIndex((column) => column.id === neighbour.id) + (by === 1 ? 1 : 0)
  return others.toSpliced(target, 0, moved)
}

/** The `grid-template-columns` of head and rows. A width that a person chose is kept; the others share the rest. */
export function gridTemplate(columns: readonly ColumnChoice[], density: Density): string {
  return columns
    .map(({ id, widthPx }) => {
      if (widthPx !== null) return `${widthPx}px`
      const { share } = measures[id]
      const minPx = minWidthPx(id, density)
      return share === 0 ? `${minPx}px` : `minmax(${minPx}px, ${share}fr)`
    })
    .join(' ')
}
