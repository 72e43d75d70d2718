import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  columnIds,
  COLUMN_WIDTH_PX,
  defaultPreferences,
  keptPreferences,
  noFilters,
  preferencesSchema,
  type ColumnChoice,
  type Filters,
  type Preferences,
} from '../../../shared/preferences.ts'
import {
  allColumns,
  gridTemplate,
  moveColumn,
  resizeColumn,
  showColumn,
  shownColumns,
} from '../../../renderer/worklist/columns.ts'
import {
  atStart,
  chooseView,
  deleteView,
  isChanged,
  nameProblem,
  renameView,
  restoreView,
  saveView,
  updateView,
} from '../../../renderer/worklist/views.ts'

const someColumns: fc.Arbitrary<ColumnChoice[]> = fc.shuffledSubarray([...columnIds]).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc.record({
        id: fc.constant(id),
        isShown: fc.boolean(),
        widthPx: fc.option(fc.integer(COLUMN_WIDTH_PX), { nil: null }),
      }),
    ),
  ),
)
const someFilters: fc.Arbitrary<Filters> = fc.record({
  practices: fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
  sites: fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
  modalities: fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
  priorities: fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
  assigned: fc.constantFrom('anyone', 'me', 'nobody'),
  isOverdue: fc.boolean(),
  hasAlerts: fc.boolean(),
  isNew: fc.boolean(),
})
const someArrangement = fc.record({
  filters: someFilters,
  sort: fc.record({
    column: fc.constantFrom(...columnIds),
    direction: fc.constantFrom('ascending' as const, 'descending' as const),
  }),
  columns: someColumns,
})
type Kept = Preferences['worklist']
const start: Kept = defaultPreferences.worklist

describe('columns', () => {
  it('are each there once whatever is done with them, and the patient is always shown', () => {
    fc.assert(
      fc.property(
        someColumns,
        fc.array(
          fc.tuple(fc.constantFrom(...columnIds), fc.constantFrom('left', 'right', 'show', 'hide', 'wide')),
        ),
        (chosen, steps) => {
          let columns: readonly ColumnChoice[] = chosen
          for (const [id, step] of steps) {
            if (step === 'left') columns = moveColumn(columns, id, -1)
            if (step === 'right') columns = moveColumn(columns, id, 1)
            if (step === 'show' || step === 'hide') columns = showColumn(columns, id, step === 'show')
            if (step === 'wide') columns = resizeColumn(columns, id, 5_000)
          }
          const all = allColumns(columns)
          expect(all.map(({ id }) => id).toSorted()).toEqual([...columnIds].toSorted())
          expect(all.find(({ id }) => id === 'patient')?.isShown).toBe(true)
          expect(preferencesSchema.shape.worklist.shape.columns.safeParse(all).success).toBe(true)
          expect(gridTemplate(all, 'compact').split(/ (?![^(]*\))/)).toHaveLength(all.length)
        },
      ),
    )
  })

  it('move past the neighbour that is seen, and stay at the end', () => {
    const seen = ['due', 'patient', 'study'] as const
    const order = (columns: readonly ColumnChoice[]) =>
      columns.filter(({ id }) => seen.some((one) => one === id)).map(({ id }) => id)
    expect(order(moveColumn([], 'patient', 1, seen))).toEqual(['due', 'study', 'patient'])
    expect(order(moveColumn([], 'due', -1, seen))).toEqual(['due', 'patient', 'study'])
    expect(order(moveColumn(moveColumn([], 'study', -1, seen), 'study', 1, seen))).toEqual([...seen])
  })

  it('show the practice only where there are several', () => {
    const columns = showColumn([], 'practice', true)
    const has = (practices: number) => shownColumns(columns, practices).some(({ id }) => id === 'practice')
    expect([has(1), has(2)]).toEqual([false, true])
  })

  it('keep a width within what can be read', () => {
    const width = (widthPx: number | null) =>
      allColumns(resizeColumn([], 'id', widthPx)).find(({ id }) => id === 'id')?.widthPx
    expect([width(3), width(200.4), width(9_000), width(null)]).toEqual([
      COLUMN_WIDTH_PX.min,
      200,
      COLUMN_WIDTH_PX.max,
      null,
    ])
  })
})

describe('views', () => {
  it('show again exactly what was saved, whatever is done in between, through the file too', () => {
    fc.assert(
      fc.property(someArrangement, someArrangement, (saved, later) => {
        const kept = saveView({ ...start, ...saved }, 'v1', 'Mine')
        expect(isChanged(kept)).toBe(false)
        const read = keptPreferences.parse(
          JSON.parse(JSON.stringify({ ...defaultPreferences, worklist: { ...kept, ...later } })),
        ).worklist
        const { filters, sort, columns } = chooseView(read, 'v1')
        expect({ filters, sort, columns }).toEqual(saved)
      }),
    )
  })

  it('say when something was changed, and take it back or keep it', () => {
    const saved = saveView(start, 'v1', 'Mine')
    const changed = { ...saved, filters: { ...noFilters, isOverdue: true } }
    expect(isChanged(changed)).toBe(true)
    expect(chooseView(changed, 'v1').filters).toEqual(noFilters)
    expect(isChanged(updateView(changed))).toBe(false)
    expect(chooseView(updateView(changed), 'v1').filters.isOverdue).toBe(true)
  })

  it('do not call it a change when filters were chosen in another order', () => {
    const saved = saveView({ ...start, filters: { ...noFilters, sites: ['North', 'South'] } }, 'v1', 'Mine')
    expect(isChanged({ ...saved, filters: { ...noFilters, sites: ['South', 'North'] } })).toBe(false)
  })

  it('come back whole and in their place when a deletion is undone', () => {
    const kept = {
      ...saveView(saveView(saveView(start, 'v1', 'One'), 'v2', 'Two'), 'v3', 'Three'),
      defaultViewId: 'v2',
    }
    const chosen = chooseView(kept, 'v2')
    const done = deleteView(chosen, 'v2')
    expect(done?.kept).toMatchObject({ viewId: 'all', defaultViewId: null })
    expect(done?.kept.views.map(({ id }) => id)).toEqual(['v1', 'v3'])
    if (done === null) throw new Error('Nothing was deleted.')
    expect(restoreView(done.kept, done.deleted)).toEqual(chosen)
    expect(deleteView(kept, 'all')).toBeNull()
  })

  it('keep their names apart', () => {
    const kept = saveView(start, 'v1', ' Night ')
    expect(nameProblem(kept, 'night', null)).toBe('taken')
    expect(nameProblem(kept, 'night', 'v1')).toBeNull()
    expect(nameProblem(kept, '  ', null)).toBe('missing')
    expect(renameView(kept, 'v1', 'Day').views[0]?.name).toBe('Day')
  })

  it('begin with the default view, else as the worklist was left', () => {
    const kept = saveView({ ...start, filters: { ...noFilters, hasAlerts: true } }, 'v1', 'Mine')
    const left = { ...chooseView(kept, 'overdue'), filters: { ...noFilters, isNew: true } }
    expect(atStart(left).filters.isNew).toBe(true)
    expect(atStart({ ...left, defaultViewId: 'v1' })).toMatchObject({
      viewId: 'v1',
      filters: { hasAlerts: true },
    })
    expect(atStart({ ...left, defaultViewId: 'gone' }).viewId).toBe('all')
    expect(atStart({ ...left, viewId: 'gone' })).toMatchObject({ viewId: 'all', filters: { isNew: true } })
  })
})

describe('kept preferences', () => {
  it('count as their defaults, part by part, where they cannot be read', () => {
    const mine = saveView(start, 'v1', 'Mine').views
    const read = keptPreferences.parse({
      density: 'huge',
      zoomPercent: 120,
      worklist: { ...start, sort: { column: 'colour', direction: 'ascending' }, views: [...mine, { id: 7 }] },
    })
    expect(read).toMatchObject({ density: 'comfortable', zoomPercent: 120 })
    expect(read.worklist).toEqual({ ...start, views: mine })
    for (const damaged of [undefined, null, 'text', 7, []]) {
      expect(keptPreferences.parse(damaged)).toEqual(defaultPreferences)
    }
  })

  it('are always valid, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(preferencesSchema.safeParse(keptPreferences.parse({ worklist: anything })).success).toBe(true)
      }),
    )
  })
})
