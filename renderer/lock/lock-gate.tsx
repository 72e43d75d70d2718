import { useQueryClient } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import { useNavigation } from '../data/navigation.tsx'
import { usePerson } from '../data/person.tsx'
import { call, useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { routeTo } from '../shell/shell.tsx'
import { Loading, LoadFailed } from '../ui/empty.tsx'
import { useLockNow } from './lock-button.tsx'
import { Cover } from './cover.tsx'

/**
 * While the window is covered nothing of the views is mounted, so that nothing of a patient is left in the page or in
 * its accessibility tree; main refuses to answer as well (docs/adr/0020).
 */
export function LockGate({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient()
  const { setName } = usePerson()
  const { go } = useNavigation()
  const lock = useCall('lock.get', {})
  useEffect(
    () =>
      window.radpost.on('lock.changed', ({ isLocked }) => {
        client.setQueryData<CallResult<'lock.get'>>(['lock.get', {}], (known) =>
          known === undefined ? undefined : { ...known, isLocked },
        )
        // Whoever comes back decides in their own name.
        if (isLocked) setName('')
      }),
    [client, setName],
  )
  const isCovered = lock.data?.isLocked === true
  useEffect(() => {
    if (!isCovered) return undefined
    // A notification that was clicked meanwhile is answered once the window is open again.
    return window.radpost.on('navigate', ({ view, id }) => go(routeTo(view, id)))
  }, [isCovered, go])
  if (lock.isError) return <LoadFailed error={lock.error} onRetry={() => void lock.refetch()} />
  if (lock.data === undefined) return <Loading />
  if (lock.data.isLocked) return <Cover how={lock.data.how} />
  return <InUse>{children}</InUse>
}

/** Often enough for a limit of one minute. */
const TOUCH_EVERY_MS = 15_000

/** Tells main that somebody is at the window, where the system itself cannot tell. */
function InUse({ children }: { readonly children: ReactNode }): ReactNode {
  const lockNow = useLockNow()
  useShortcuts({ 'mod+l': lockNow })
  useEffect(() => {
    let toldAtMs = 0
    const touched = () => {
      const nowMs = performance.now()
      if (toldAtMs !== 0 && nowMs - toldAtMs < TOUCH_EVERY_MS) return
      toldAtMs = nowMs
      // The next touch tells it again.
      call('lock.touch', {}).catch(() => undefined)
    }
    const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
    for (const input of inputs) document.addEventListener(input, touched, { capture: true, passive: true })
    return () => {
      for (const input of inputs) document.removeEventListener(input, touched, { capture: true })
    }
  }, [])
  return children
}
