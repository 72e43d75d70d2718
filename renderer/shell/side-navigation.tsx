import {
  CalendarDays,
  CircleUserRound,
  FileSearch,
  History,
  ListTodo,
  Send,
  Settings2,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useNavigation, type Route } from '../data/navigation.tsx'
import { LockButton } from '../lock/lock-button.tsx'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'

type View = { readonly route: Route; readonly name: string; readonly icon: LucideIcon }

/** The views, in the order of their keys. */
export const views: readonly View[] = [
  { route: { view: 'worklist' }, name: words.shell.worklist, icon: ListTodo },
  { route: { view: 'deliveries', id: null }, name: words.shell.deliveries, icon: Send },
  { route: { view: 'needs-you', id: null }, name: words.shell.needsYou, icon: CircleUserRound },
  { route: { view: 'schedule' }, name: words.shell.schedule, icon: CalendarDays },
  { route: { view: 'settings' }, name: words.shell.settings, icon: Settings2 },
  { route: { view: 'history' }, name: words.history.title, icon: History },
]

/** The way to the views, and `children` at its foot. The count beside "Needs you" is spoken with it. */
export function SideNavigation({
  needsYou,
  checkFile,
  children,
}: {
  readonly needsYou: number
  readonly checkFile: () => void
  readonly children: ReactNode
}): ReactNode {
  const { route, go } = useNavigation()
  const current = route.view === 'study' || route.view === 'compose' ? 'worklist' : route.view
  return (
    <nav className="side" aria-label={words.shell.views}>
      <p className="product">
        <Mark />
        <span>{words.shell.product}</span>
      </p>
      <ul>
        {views.map((entry) => (
          <li key={entry.route.view}>
            <button
              type="button"
              className="side-entry"
              aria-current={current === entry.route.view ? 'page' : undefined}
              onClick={() => go(entry.route)}
            >
              <Glyph icon={entry.icon} />
              <span className="side-name">{entry.name}</span>
              {entry.route.view === 'needs-you' && needsYou > 0 ? (
                <span
                  className="side-count"
                  role="img"
                  aria-label={words.shell.waitingForYou({ number: needsYou })}
                >
                  {needsYou > 99 ? '99+' : needsYou}
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      <div className="side-foot">
        <button type="button" className="side-entry" onClick={checkFile}>
          <Glyph icon={FileSearch} />
          <span className="side-name">{words.inspect.checkFile}</span>
        </button>
        {children}
        <LockButton />
      </div>
    </nav>
  )
}

/** The product's mark: a sheet on its way. */
function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <rect x="1" y="1" width="22" height="22" rx="6" className="mark-ground" />
      <path d="M7 6.5h6.2L17 10.3v7.2H7z" className="mark-sheet" />
      <path d="M9.5 14.2h5M12.6 11.8l2.4 2.4-2.4 2.4" className="mark-arrow" />
    </svg>
  )
}
