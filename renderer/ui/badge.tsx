import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Glyph, type Tone } from './button.tsx'

/** A state in words, with an icon where it has one; the colour only repeats what the words say. */
export function Badge({
  tone = 'calm',
  icon,
  children,
}: {
  readonly tone?: Tone
  readonly icon?: LucideIcon
  readonly children: ReactNode
}): ReactNode {
  return (
    <span className="badge" data-tone={tone}>
      {icon === undefined ? null : <Glyph icon={icon} />}
      {children}
    </span>
  )
}
