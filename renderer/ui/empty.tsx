import { CircleAlert, LoaderCircle, RotateCw, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { words } from '../words.ts'
import { Button, Glyph } from './button.tsx'

/** What a view says when it has nothing to show: what that means, and what to do where there is something to do. */
export function Empty({
  icon,
  title,
  detail,
  children,
}: {
  readonly icon: LucideIcon
  readonly title: string
  readonly detail?: string
  readonly children?: ReactNode
}): ReactNode {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Glyph icon={icon} />
      </span>
      <p className="empty-title">{title}</p>
      {detail === undefined ? null : <p>{detail}</p>}
      {children}
    </div>
  )
}

export function Loading(): ReactNode {
  return (
    <div className="empty" role="status">
      <Glyph icon={LoaderCircle} isSpinning />
      <span>{words.shell.loading}</span>
    </div>
  )
}

/** A call failed: its sentence, and another try. */
export function LoadFailed({
  error,
  onRetry,
}: {
  readonly error: Error
  readonly onRetry: () => void
}): ReactNode {
  return (
    <div role="alert">
      <Empty icon={CircleAlert} title={words.shell.loadFailed} detail={error.message}>
        <Button icon={RotateCw} onPress={onRetry}>
          {words.shell.tryAgain}
        </Button>
      </Empty>
    </div>
  )
}
