import {
  builtInViews,
  firstSort,
  MAX_VIEW_NAME,
  MAX_VIEWS,
  noFilters,
  type Arrangement,
  type BuiltInView,
  type Preferences,
  type SavedView,
} from '../../shared/preferences.ts'
import { allColumns } from './columns.ts'

type WorklistPreferences = Preferences['worklist']

/** Filters of the views that are always there; they order by deadline and leave the columns as they are. */
const builtIn: Readonly<Record<BuiltInView, Arrangement['filters']>> = {
  all: noFilters,
  overdue: { ...noFilters, isOverdue: true },
  unassigned: { ...noFilters, assigned: 'nobody' },
  alerts: { ...noFilters, hasAlerts: true },
}

export function isBuiltIn(id: string): id is BuiltInView {
  return (builtInViews as readonly string[]).includes(id)
}

/** What a view is made of; null: there is no such view any more. */
function viewOf(kept: WorklistPreferences, id: string): Arrangement | null {
  if (isBuiltIn(id)) return { filters: builtIn[id], sort: firstSort, columns: kept.columns }
  return kept.views.find((view) => view.id === id) ?? null
}

/** The worklist as this view shows it; a view that is gone leaves all studies. */
export function chooseView(kept: WorklistPreferences, id: string): WorklistPreferences {
  const view = viewOf(kept, id)
  if (view === null) return chooseView(kept, 'all')
  return { ...kept, filters: view.filters, sort: view.sort, columns: view.columns, viewId: id }
}

/** The worklist of a new start: the default view where there is one, else as it was left. */
export function atStart(kept: WorklistPreferences): WorklistPreferences {
  if (kept.defaultViewId !== null) return chooseView(kept, kept.defaultViewId)
  return viewOf(kept, kept.viewId) === null ? { ...kept, viewId: 'all' } : kept
}

/** Whether filters, order or columns differ from the view that was chosen. */
export function isChanged(kept: WorklistPreferences): boolean {
  const view = viewOf(kept, kept.viewId)
  return view !== null && written(view) !== written(kept)
}

function written({ filters, sort, columns }: Arrangement): string {
  return JSON.stringify([
    filters.practices.toSorted(),
    filters.sites.toSorted(),
    filters.modalities.toSorted(),
    filters.priorities.toSorted(),
    [filters.assigned, filters.isOverdue, filters.hasAlerts, filters.isNew],
    [sort.column, sort.direction],
    allColumns(columns).map(({ id, isShown, widthPx }) => [id, isShown, widthPx]),
  ])
}

/** Why a name cannot be given to a view; null when it can. `id`: the view that has it already may keep it. */
export function nameProblem(
  kept: WorklistPreferences,
  name: string,
  id: string | null,
): 'missing' | 'taken' | 'full' | null {
  const wanted = name.trim().toLowerCase()
  if (wanted === '' || name.trim().length > MAX_VIEW_NAME) return 'missing'
  if (kept.views.some((view) => view.id !== id && view.name.toLowerCase() === wanted)) return 'taken'
  return id === null && kept.views.length >= MAX_VIEWS ? 'full' : null
}

/** Keeps what is shown as a view of this name, and chooses it. `id` is new. */
export function saveView(kept: WorklistPreferences, id: string, name: string): WorklistPreferences {
  const { filters, sort, columns } = kept
  return { ...kept, viewId: id, views: [...kept.views, { id, name: name.trim(), filters, sort, columns }] }
}

/** Keeps what is shown as the chosen view, instead of what it was. */
export function updateView(kept: WorklistPreferences): WorklistPreferences {
  const { filters, sort, columns } = kept
  return {
    ...kept,
    views: kept.views.map((view) => (view.id === kept.viewId ? { ...view, filters, sort, columns } : view)),
  }
}

export function renameView(kept: WorklistPreferences, id: string, name: string): WorklistPreferences {
  return {
    ...kept,
    views: kept.views.map((view) => (view.id === id ? { ...view, name: name.trim() } : view)),
  }
}

/** What is needed to take a deletion back. */
export type DeletedView = { readonly view: SavedView; readonly place: number; readonly wasDefault: boolean }

/** Deletes a view; what it showed stays in sight, as a change of all studies. */
export function deleteView(
  kept: WorklistPreferences,
  id: string,
): { readonly kept: WorklistPreferences; readonly deleted: DeletedView } | null {
  const place = kept.views.findIndex((view) => view.id === id)
  const view = kept.views[place]
  if (view === undefined) return null
  const wasDefault = kept.defaultViewId === id
  return {
    kept: {
      ...kept,
      views: kept.views.filter((other) => other.id !== id),
      viewId: kept.viewId === id ? 'all' : kept.viewId,
      defaultViewId: wasDefault ? null : kept.defaultViewId,
    },
    deleted: { view, place, wasDefault },
  }
}

export function restoreView(kept: WorklistPreferences, deleted: DeletedView): WorklistPreferences {
  if (kept.views.some((view) => view.id === deleted.view.id)) return kept
  return chooseView(
    {
      ...kept,
      views: kept.views.toSpliced(deleted.place, 0, deleted.view),
      defaultViewId: deleted.wasDefault ? deleted.view.id : kept.defaultViewId,
    },
    deleted.view.id,
  )
}
