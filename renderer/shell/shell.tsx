import { useEffect, useState, type ReactNode } from 'react'
import type { StationStatus } from '../../shared/ipc.ts'
import { useNavigation, type Route } from '../data/navigation.tsx'
import { useShortcuts } from '../data/shortcuts.ts'
import { Compose } from '../compose/compose.tsx'
import { Deliveries } from '../deliveries/deliveries.tsx'
import { FirstRun } from '../first-run/first-run.tsx'
import { useFileDialog } from '../inspect/file-button.tsx'
import { useInspect } from '../inspect/inspect-provider.tsx'
import { KeyHelp } from '../keys/key-help.tsx'
import { History } from '../history/history.tsx'
import { NeedsYou } from '../needs-you/needs-you.tsx'
import { Palette } from '../palette/palette.tsx'
import { Schedule } from '../schedule/schedule.tsx'
import { Settings } from '../settings/settings.tsx'
import { Study } from '../study/study.tsx'
import { ViewBoundary } from '../ui/view-boundary.tsx'
import { Worklist } from '../worklist/worklist.tsx'
import { SideNavigation } from './side-navigation.tsx'
import { StatusLine } from './status-line.tsx'

/** Navigation on the left, the view, and the status line below all of it. */
export function Shell({ status }: { readonly status: StationStatus }): ReactNode {
  const { route, go } = useNavigation()
  useEffect(() => window.radpost.on('navigate', ({ view, id }) => go(routeTo(view, id))), [go])
  const [areKeysShown, setKeysShown] = useState(false)
  const fileDialog = useFileDialog(useInspect())
  useShortcuts({
    'mod+1': () => go({ view: 'worklist' }),
    'mod+2': () => go({ view: 'deliveries', id: null }),
    'mod+3': () => go({ view: 'needs-you', id: null }),
    'mod+4': () => go({ view: 'schedule' }),
    'mod+5': () => go({ view: 'settings' }),
    'mod+6': () => go({ view: 'history' }),
  })
  if (route.view === 'first-run') return <FirstRun status={status} domain={route.domain} />
  return (
    <div className="shell">
      <SideNavigation needsYou={status.needsYou} checkFile={fileDialog.open}>
        <Palette status={status} showKeys={() => setKeysShown(true)} checkFile={fileDialog.open} />
        {fileDialog.input}
        <KeyHelp shown={areKeysShown} setShown={setKeysShown} />
      </SideNavigation>
      <main className="view" key={route.view}>
        <ViewBoundary>
          <View route={route} status={status} />
        </ViewBoundary>
      </main>
      <StatusLine status={status} />
    </div>
  )
}

/** What a notification or the tray asks for. */
export function routeTo(
  view: Exclude<Route['view'], 'study' | 'compose' | 'history'>,
  id: string | null,
): Route {
  switch (view) {
    case 'deliveries':
    case 'needs-you':
      return { view, id }
    case 'first-run':
      return { view, domain: null }
    case 'worklist':
    case 'schedule':
    case 'settings':
      return { view }
  }
}

function View({
  route,
  status,
}: {
  readonly route: Exclude<Route, { view: 'first-run' }>
  readonly status: StationStatus
}): ReactNode {
  switch (route.view) {
    case 'worklist':
      return <Worklist status={status} />
    case 'study':
      return <Study key={`${route.study.domain}/${route.study.appointmentId}`} study={route.study} />
    case 'compose':
      return <Compose key={`${route.study.domain}/${route.study.appointmentId}`} study={route.study} />
    case 'deliveries':
      return <Deliveries wanted={route.id} />
    case 'needs-you':
      return <NeedsYou wanted={route.id} />
    case 'schedule':
      return <Schedule status={status} />
    case 'history':
      return <History />
    case 'settings':
      return <Settings />
  }
}
