import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react'
import type { Preferences } from '../../shared/preferences.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { atStart } from '../worklist/views.ts'
import { usePreferences } from './preferences.ts'

/**
 * How the person left the worklist: search, filters, order, columns and views, and the studies in sight. It outlives
 * the view, so that a study leads back to the same place and knows what comes next. All but the search and the place,
 * which are of patients, is kept for the next start.
 */
export type WorklistDesk = {
  /** False until it is known how the worklist was left. */
  readonly isReady: boolean
  readonly search: string
  readonly setSearch: (search: string) => void
  readonly kept: Preferences['worklist']
  readonly change: (part: Partial<Preferences['worklist']>) => void
  /** The studies in the order in which the worklist shows them, or showed them last. */
  readonly shown: readonly AppointmentKey[]
  /** Called when somebody asks what is shown. */
  readonly setShown: (read: () => readonly AppointmentKey[]) => void
  /** Where in the list the person was: the row by its id, and how far it is scrolled. */
  readonly place: { currentId: string | null; topPx: number }
}

const DeskContext = createContext<WorklistDesk | null>(null)

export function WorklistDeskProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { isReady, preferences, change: keep } = usePreferences()
  const [search, setSearch] = useState('')
  // Written with every key and every turn of the wheel, read by the next view: no reason to draw anything anew.
  const [left] = useState(() => {
    const none = (): readonly AppointmentKey[] => []
    const nowhere: WorklistDesk['place'] = { currentId: null, topPx: 0 }
    return { readShown: none, place: nowhere }
  })
  const [hasBegun, setHasBegun] = useState(false)
  const { worklist } = preferences
  const kept = useMemo(() => (hasBegun ? worklist : atStart(worklist)), [hasBegun, worklist])
  const change = useCallback(
    (part: Partial<Preferences['worklist']>) => {
      setHasBegun(true)
      keep({ worklist: { ...kept, ...part } })
    },
    [kept, keep],
  )
  const value = useMemo(
    (): WorklistDesk => ({
      isReady,
      search,
      setSearch,
      kept,
      change,
      get shown() {
        return left.readShown()
      },
      setShown: (read) => {
        left.readShown = read
      },
      place: left.place,
    }),
    [isReady, search, kept, change, left],
  )
  return <DeskContext value={value}>{children}</DeskContext>
}

export function useWorklistDesk(): WorklistDesk {
  const desk = use(DeskContext)
  if (desk === null) throw new Error('There is no worklist around this view.')
  return desk
}
