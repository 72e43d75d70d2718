import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import type { AppointmentKey } from '../../shared/worklist.ts'

/** Where the window is. Kept in memory only: an address would carry an id of a patient's study. */
export type Route =
  | { readonly view: 'worklist' }
  | { readonly view: 'schedule' }
  | {
      readonly view: 'study'
      readonly study: AppointmentKey
      /** Where the cursor stands at first. */
      readonly panel?: 'comment'
    }
  | { readonly view: 'compose'; readonly study: AppointmentKey }
  | { readonly view: 'deliveries'; readonly id: string | null }
  | { readonly view: 'needs-you'; readonly id: string | null }
  | { readonly view: 'history' }
  | { readonly view: 'settings' }
  | { readonly view: 'first-run'; readonly domain: string | null }

export type Navigation = { readonly route: Route; readonly go: (route: Route) => void }

/** Is asked instead of leaving the view; where to is what the person, or a notification, wanted. */
type LeaveGuard = (to: Route) => void
type Guarded = Navigation & {
  readonly setGuard: (guard: LeaveGuard | null) => void
  readonly leave: (route: Route) => void
}

const NavigationContext = createContext<Guarded | null>(null)

/** Holds the route; `initial` is where a freshly opened window stands. */
export function NavigationProvider({
  initial,
  children,
}: {
  readonly initial: Route
  readonly children: ReactNode
}): ReactNode {
  const [route, leave] = useState<Route>(initial)
  const guard = useRef<LeaveGuard | null>(null)
  const ways = useMemo(
    () => ({
      go: (to: Route) => (guard.current === null ? leave(to) : guard.current(to)),
      leave,
      setGuard: (next: LeaveGuard | null) => {
        guard.current = next
      },
    }),
    [],
  )
  const value = useMemo((): Guarded => ({ route, ...ways }), [route, ways])
  return <NavigationContext value={value}>{children}</NavigationContext>
}

export function useNavigation(): Navigation {
  return useGuarded()
}

/** While `guard` is not null it is asked instead of leaving the view. Returns what leaves nevertheless. */
export function useLeaveGuard(guard: LeaveGuard | null): (to: Route) => void {
  const { setGuard, leave } = useGuarded()
  const ask = useEffectEvent((to: Route) => guard?.(to))
  const isGuarded = guard !== null
  useEffect(() => {
    setGuard(isGuarded ? (to) => ask(to) : null)
    return () => setGuard(null)
  }, [setGuard, isGuarded])
  return leave
}

function useGuarded(): Guarded {
  const navigation = use(NavigationContext)
  if (navigation === null) throw new Error('There is no navigation around this view.')
  return navigation
}
