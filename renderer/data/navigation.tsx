import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import type { AppointmentKey } from '../../shared/worklist.ts'

/** Where the window is. Kept in memory only: an address would carry an id of a patient's study. */
export type Route =
  | { readonly view: 'worklist' }
  | { readonly view: 'study'; readonly study: AppointmentKey }
  | { readonly view: 'deliveries'; readonly id: string | null }
  | { readonly view: 'needs-you'; readonly id: string | null }
  | { readonly view: 'settings' }
  | { readonly view: 'first-run'; readonly domain: string | null }

export type Navigation = { readonly route: Route; readonly go: (route: Route) => void }

const NavigationContext = createContext<Navigation | null>(null)

/** Holds the route; `initial` is where a freshly opened window stands. */
export function NavigationProvider({
  initial,
  children,
}: {
  readonly initial: Route
  readonly children: ReactNode
}): ReactNode {
  const [route, go] = useState<Route>(initial)
  const value = useMemo(() => ({ route, go }), [route])
  return <NavigationContext value={value}>{children}</NavigationContext>
}

export function useNavigation(): Navigation {
  const navigation = use(NavigationContext)
  if (navigation === null) throw new Error('There is no navigation around this view.')
  return navigation
}
