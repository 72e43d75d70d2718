import type { ReactNode } from 'react'
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { CriticalBadge } from '../critical/critical-badge.tsx'
import { useNowMs } from '../data/clock.ts'
import { writeMoment } from '../format/dates.ts'
import { StateIcon, stateInWords } from '../ui/delivery-state.tsx'
import { words } from '../words.ts'
import { fileName } from './file-name.ts'

/** Files with their state, the newest first as they are given; only the lines in sight are drawn. */
export function FileList({
  label,
  items,
  chosen,
  onChoose,
}: {
  readonly label: string
  readonly items: readonly DeliveryItem[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}): ReactNode {
  const nowMs = useNowMs()
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: 54, gap: 2, padding: 8 }}>
      <ListBox
        className="files"
        aria-label={label}
        items={items}
        dependencies={[nowMs]}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={chosen === null ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : keys
          if (key !== undefined) onChoose(String(key))
        }}
      >
        {(item) => (
          <ListBoxItem
            id={item.id}
            className="file"
            textValue={words.deliveries.fileAndState({ file: fileName(item), state: stateInWords(item) })}
          >
            <StateIcon state={item.state} />
            <span className="file-words">
              <span className="truncate strong">{fileName(item)}</span>
              <span className="second-line truncate">{stateInWords(item)}</span>
            </span>
            <CriticalBadge item={item} />
            <span className="file-end">
              <span className="mono">{item.appointmentId ?? ''}</span>
              <span className="second-line">{writeMoment(item.seenAt, nowMs)}</span>
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  )
}
