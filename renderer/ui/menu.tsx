import { Check, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { MenuItem } from 'react-aria-components'
import { Glyph, Key } from './button.tsx'

/** One line of a menu: an icon, or a check where a choice is made; a count or a key at its end. */
export function Item({
  id,
  icon,
  children,
  count,
  shortcut,
  isDisabled = false,
}: {
  readonly id: string
  readonly icon?: LucideIcon
  readonly children: string
  readonly count?: string
  readonly shortcut?: string
  readonly isDisabled?: boolean
}): ReactNode {
  return (
    <MenuItem
      id={id}
      className="menu-item"
      textValue={children}
      isDisabled={isDisabled}
      {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': shortcut })}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode === 'none' ? (
            icon === undefined ? null : (
              <Glyph icon={icon} tone="calm" />
            )
          ) : (
            <span className="menu-check">{isSelected ? <Glyph icon={Check} /> : null}</span>
          )}
          <span className="menu-name truncate">{children}</span>
          {count === undefined ? null : <span className="menu-count">{count}</span>}
          {shortcut === undefined ? null : <Key>{shortcut}</Key>}
        </>
      )}
    </MenuItem>
  )
}
