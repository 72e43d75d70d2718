import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { Glyph } from './button.tsx'

/** A titled part that can be folded away; what is folded away is not reached by Tab. */
export function Fold({
  title,
  level,
  isOpen,
  onChange,
  children,
}: {
  readonly title: string
  readonly level: 2 | 3
  readonly isOpen: boolean
  readonly onChange: (isOpen: boolean) => void
  readonly children: ReactNode
}): ReactNode {
  return (
    <Disclosure className="disclosure" isExpanded={isOpen} onExpandedChange={onChange}>
      <Heading level={level}>
        <Button slot="trigger" className="disclosure-button">
          <Glyph icon={ChevronRight} />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="disclosure-panel">{children}</DisclosurePanel>
    </Disclosure>
  )
}
