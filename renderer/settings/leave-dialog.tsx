import { useState, type ReactNode } from 'react'
import { useLeaveGuard, type Route } from '../data/navigation.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { words } from '../words.ts'

/** Asks before the view is left with something typed and not saved. `unsaved`: titles of the sections. */
export function LeaveDialog({ unsaved }: { readonly unsaved: readonly string[] }): ReactNode {
  const [wanted, setWanted] = useState<Route | null>(null)
  const leave = useLeaveGuard(unsaved.length === 0 ? null : setWanted)
  if (wanted === null) return null
  return (
    <Dialog title={words.about.leaveTitle} onClose={() => setWanted(null)} isAlert>
      <p>{words.about.leaveDetail({ sections: unsaved.join(', ') })}</p>
      <div className="dialog-foot">
        <Button kind="danger" onPress={() => leave(wanted)}>
          {words.about.leave}
        </Button>
        <Button kind="primary" autoFocus onPress={() => setWanted(null)}>
          {words.about.stay}
        </Button>
      </div>
    </Dialog>
  )
}
