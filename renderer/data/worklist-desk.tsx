import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { firstSort, type Sort } from '../worklist/order.ts'

/**
 * How the person left the worklist: search, order, and the studies in sight. It outlives the view, so that a study
 * leads back to the same place and knows what comes next.
 */
export type WorklistDesk = {
  readonly search: string
  readonly setSearch: (search: string) => void
  readonly sort: Sort
  readonly setSort: (sort: Sort) => void
  /** The studies in the order in which they are shown. */
  readonly shown: readonly AppointmentKey[]
  readonly setShown: (shown: readonly AppointmentKey[]) => void
}

const DeskContext = createContext<WorklistDesk | null>(null)

export function WorklistDeskProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [search, setSearch] = useState('')
  const [sort, setSort] = useState<Sort>(firstSort)
  const [shown, setShown] = useState<readonly AppointmentKey[]>([])
  const value = useMemo(() => ({ search, setSearch, sort, setSort, shown, setShown }), [search, sort, shown])
  return <DeskContext value={value}>{children}</DeskContext>
}

export function useWorklistDesk(): WorklistDesk {
  const desk = use(DeskContext)
  if (desk === null) throw new Error('There is no worklist around this view.')
  return desk
}
