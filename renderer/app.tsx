import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import type { StationStatus } from '../shared/ipc.ts'
import { createClient, followChanges } from './data/live.ts'
import { NavigationProvider } from './data/navigation.tsx'
import { PersonProvider } from './data/person.tsx'
import { useLook } from './data/preferences.ts'
import { useCall } from './data/radpost.ts'
import { useTheme } from './data/theme.ts'
import { WorklistDeskProvider } from './data/worklist-desk.tsx'
import { InspectProvider } from './inspect/inspect-provider.tsx'
import { LockGate } from './lock/lock-gate.tsx'
import { Shell } from './shell/shell.tsx'
import { Loading, LoadFailed } from './ui/empty.tsx'
import { MessagesProvider } from './ui/messages.tsx'
import { ViewBoundary } from './ui/view-boundary.tsx'

/** The window: one client for all data, what is remembered while it is open, and the shell around the views. */
export function App(): ReactNode {
  const [client] = useState(createClient)
  useEffect(() => followChanges(client), [client])
  return (
    <QueryClientProvider client={client}>
      <ViewBoundary>
        <MessagesProvider>
          <PersonProvider>
            <WorklistDeskProvider>
              <Start />
            </WorklistDeskProvider>
          </PersonProvider>
        </MessagesProvider>
      </ViewBoundary>
    </QueryClientProvider>
  )
}

/** Nothing is shown before it is known whether a practice is connected: a first run must not flash a worklist. */
function Start(): ReactNode {
  const status = useCall('station.status', {})
  useTheme()
  useLook()
  if (status.isError) return <LoadFailed error={status.error} onRetry={() => void status.refetch()} />
  if (status.data === undefined) return <Loading />
  return <Opened status={status.data} />
}

function Opened({ status }: { readonly status: StationStatus }): ReactNode {
  const [initial] = useState(() =>
    status.overall === 'not-set-up'
      ? ({ view: 'first-run', domain: null } as const)
      : ({ view: 'worklist' } as const),
  )
  return (
    <NavigationProvider initial={initial}>
      <LockGate>
        <InspectProvider>
          <Shell status={status} />
        </InspectProvider>
      </LockGate>
    </NavigationProvider>
  )
}
