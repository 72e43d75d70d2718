import { Eye, FilePenLine, MapPin, MessageSquarePlus, ScanLine, SquareArrowOutUpRight } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { Menu, Popover } from 'react-aria-components'
import { Item } from '../ui/menu.tsx'
import { words } from '../words.ts'
import type { Row } from './steady-rows.ts'

/** What can be done with a study from its row. */
export const rowActions = ['open', 'report', 'comment', 'seen', 'only-site', 'only-modality'] as const
export type RowAction = (typeof rowActions)[number]

function isRowAction(text: string): text is RowAction {
  return (rowActions as readonly string[]).includes(text)
}

/** The menu of one row, at the pointer or below the row. */
export function RowMenu({
  row,
  x,
  y,
  isNew,
  onAct,
  onClose,
}: {
  readonly row: Row
  readonly x: number
  readonly y: number
  readonly isNew: boolean
  readonly onAct: (action: RowAction) => void
  readonly onClose: () => void
}): ReactNode {
  const anchor = useRef<HTMLSpanElement>(null)
  const { scheduledSite, modality } = row.study.appointment
  const { rowMenu } = words.worklist
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: x, top: y }} />
      <Popover
        className="popover"
        triggerRef={anchor}
        placement="bottom start"
        isOpen
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose()
        }}
      >
        <Menu
          className="menu"
          aria-label={rowMenu.label}
          autoFocus="first"
          onClose={onClose}
          onAction={(key) => {
            const action = String(key)
            if (isRowAction(action)) onAct(action)
          }}
        >
          <Item id="open" icon={SquareArrowOutUpRight} shortcut={words.worklist.keys.enter}>
            {rowMenu.open}
          </Item>
          <Item id="report" icon={FilePenLine} shortcut="r">
            {rowMenu.report}
          </Item>
          <Item id="comment" icon={MessageSquarePlus} shortcut="c">
            {rowMenu.comment}
          </Item>
          {isNew ? (
            <Item id="seen" icon={Eye}>
              {rowMenu.seen}
            </Item>
          ) : null}
          <Item id="only-site" icon={MapPin}>
            {rowMenu.onlySite({ site: scheduledSite })}
          </Item>
          {modality === null ? null : (
            <Item id="only-modality" icon={ScanLine}>
              {rowMenu.onlyModality({ modality })}
            </Item>
          )}
        </Menu>
      </Popover>
    </>
  )
}
