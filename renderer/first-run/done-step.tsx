import { CircleCheck, FolderOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNavigation } from '../data/navigation.tsx'
import { useAction } from '../data/radpost.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

/** It works: what happens from now on, and where to go. */
export function DoneStep(): ReactNode {
  const { go } = useNavigation()
  const open = useAction('station.openFolder')
  const announce = useAnnounce()
  return (
    <div className="step step-done" role="status">
      <Glyph icon={CircleCheck} tone="good" />
      <h2>{words.firstRun.doneTitle}</h2>
      <p className="soft">{words.firstRun.doneDetail}</p>
      <div className="step-foot">
        <Button icon={FolderOpen} onPress={() => open.mutate({}, { onError: announce.failed })}>
          {words.firstRun.openFolder}
        </Button>
        <Button kind="primary" autoFocus onPress={() => go({ view: 'worklist' })}>
          {words.firstRun.toWorklist}
        </Button>
      </div>
    </div>
  )
}
