import { Lock } from 'lucide-react'
import { useCallback, type ReactNode } from 'react'
import { useAction, useCall } from '../data/radpost.ts'
import { Glyph } from '../ui/button.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

/** Covers the window at once; where the lock is off, nothing happens. */
export function useLockNow(): () => void {
  const { mutate } = useAction('lock.now')
  const announce = useAnnounce()
  return useCallback(() => mutate({}, { onError: announce.failed }), [mutate, announce])
}

/** In the navigation, while the lock is on. */
export function LockButton(): ReactNode {
  const lock = useCall('lock.get', {})
  const lockNow = useLockNow()
  if (lock.data === undefined || lock.data.minutes === null) return null
  return (
    <button type="button" className="side-entry" title={words.lock.lockKey} onClick={lockNow}>
      <Glyph icon={Lock} />
      <span className="side-name">{words.lock.lockNow}</span>
    </button>
  )
}
