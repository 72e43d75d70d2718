import { z } from 'zod'

/**
 * How one person likes the window: kept on this computer, changed by whoever sits at it. Nothing of a patient is in
 * it: what was typed into the search is never kept (design.md 1.5).
 */

/** Columns of the worklist, in the order in which they stand at first. */
export const columnIds = [
  'due',
  'patient',
  'age',
  'modality',
  'study',
  'site',
  'practice',
  'doctor',
  'clinic',
  'assigned',
  'scheduled',
  'priority',
  'alerts',
  'id',
] as const
export type ColumnId = (typeof columnIds)[number]

/** Narrower cannot be read, wider hides the rest; pixels. */
export const COLUMN_WIDTH_PX = { min: 56, max: 900 }
export const ZOOM_PERCENT = { min: 80, max: 200, step: 10 }
export const MAX_VIEWS = 50
/** Characters of a view's name. */
export const MAX_VIEW_NAME = 60

const column = z.object({
  id: z.enum(columnIds),
  isShown: z.boolean(),
  /** null: as wide as the column is made to be. */
  widthPx: z.int().min(COLUMN_WIDTH_PX.min).max(COLUMN_WIDTH_PX.max).nullable(),
})
/** A column of the table, shown or not; its place is its place in the list. */
export type ColumnChoice = z.infer<typeof column>

const columns = z.array(column).max(columnIds.length)

const sort = z.object({ column: z.enum(columnIds), direction: z.enum(['ascending', 'descending']) })
export type Sort = z.infer<typeof sort>

const chosen = z.array(z.string().max(200)).max(200)
const filters = z.object({
  /** Domains. An empty list leaves nothing out, here and below. */
  practices: chosen,
  sites: chosen,
  modalities: chosen,
  /** As QUBS writes them: free text. */
  priorities: chosen,
  assigned: z.enum(['anyone', 'me', 'nobody']),
  isOverdue: z.boolean(),
  hasAlerts: z.boolean(),
  /** Added or changed since the person looked. */
  isNew: z.boolean(),
})
export type Filters = z.infer<typeof filters>

export const noFilters: Filters = {
  practices: [],
  sites: [],
  modalities: [],
  priorities: [],
  assigned: 'anyone',
  isOverdue: false,
  hasAlerts: false,
  isNew: false,
}

/** What a radiologist begins with: the study that is due first. */
export const firstSort: Sort = { column: 'due', direction: 'ascending' }

const arrangement = z.object({ filters, sort, columns })
/** What a view is made of. */
export type Arrangement = z.infer<typeof arrangement>

const viewId = z.string().min(1).max(64)
const savedView = arrangement.extend({ id: viewId, name: z.string().trim().min(1).max(MAX_VIEW_NAME) })
export type SavedView = z.infer<typeof savedView>

/** Ids of the views that are always there (renderer/worklist/views.ts). */
export const builtInViews = ['all', 'overdue', 'unassigned', 'alerts'] as const
export type BuiltInView = (typeof builtInViews)[number]

export const preferencesSchema = z.object({
  density: z.enum(['comfortable', 'compact']),
  zoomPercent: z.int().min(ZOOM_PERCENT.min).max(ZOOM_PERCENT.max),
  worklist: arrangement.extend({
    /** The view that was chosen last; what differs from it since is in filters, sort and columns. */
    viewId,
    views: z.array(savedView).max(MAX_VIEWS),
    /** The view of a new start; null: as the worklist was left. */
    defaultViewId: viewId.nullable(),
  }),
})
export type Preferences = z.infer<typeof preferencesSchema>

export const defaultPreferences: Preferences = {
  density: 'comfortable',
  zoomPercent: 100,
  worklist: {
    filters: noFilters,
    sort: firstSort,
    columns: [],
    viewId: 'all',
    views: [],
    defaultViewId: null,
  },
}

/**
 * Preferences from a file that may be damaged, older or newer: what cannot be read counts as its default, one part at a
 * time; a saved view that cannot be read is left out.
 */
export const keptPreferences = z
  .object({
    density: preferencesSchema.shape.density.catch(defaultPreferences.density),
    zoomPercent: preferencesSchema.shape.zoomPercent.catch(defaultPreferences.zoomPercent),
    worklist: z
      .object({
        filters: filters.catch(noFilters),
        sort: sort.catch(firstSort),
        columns: columns.catch([]),
        viewId: viewId.catch('all'),
        views: z
          .array(savedView.nullable().catch(null))
          .transform((views) => views.filter((view) => view !== null).slice(0, MAX_VIEWS))
          .catch([]),
        defaultViewId: viewId.nullable().catch(null),
      })
      .catch(defaultPreferences.worklist),
  })
  .catch(defaultPreferences)
