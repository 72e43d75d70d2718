import { CircleHelp, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'

/** Nobody knows whether a write was taken: what is known, and the one thing to do, which is to look. */
export function UnknownOutcome({
  message,
  onLook,
}: {
  readonly message: string
  readonly onLook: () => void
}): ReactNode {
  return (
    <div className="solo-unknown" role="alert">
      <p className="strong">
        <Glyph icon={CircleHelp} tone="warn" />
        {words.solo.unknownTitle}
      </p>
      <p>{message}</p>
      <p className="small soft">{words.solo.unknownDetail}</p>
      <div>
        <Button icon={RefreshCw} onPress={onLook} autoFocus>
          {words.solo.tryAgain}
        </Button>
      </div>
    </div>
  )
}
