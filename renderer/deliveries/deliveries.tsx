import { FileSearch, Inbox, MousePointerClick } from 'lucide-react'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { writeMoment } from '../format/dates.ts'
import { Choice } from '../ui/choice.tsx'
import { StateIcon, stateInWords } from '../ui/delivery-state.tsx'
import { Empty, Loading, LoadFailed } from '../ui/empty.tsx'
import { SearchField } from '../ui/field.tsx'
import { words } from '../words.ts'
import { DeliveryDetail } from './delivery-detail.tsx'
import { fileName } from './file-name.ts'
import { filterDeliveries, type Filter } from './filter.ts'

/** How many of the newest deliveries are shown; older ones are found by `radpost deliveries`. */
const LIMIT = 1_000

/** What became of every file. `wanted`: the delivery that a notification asks for. */
export function Deliveries({ wanted }: { readonly wanted: string | null }): ReactNode {
  const deliveries = useCall('deliveries.list', { limit: LIMIT })
  const [filter, setFilter] = useState<Filter>('all')
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<string | null>(wanted)
  const searchRef = useRef<HTMLInputElement>(null)
  useShortcuts({ '/': () => searchRef.current?.focus() })
  const items = useMemo(
    () => filterDeliveries(deliveries.data ?? [], filter, search),
    [deliveries.data, filter, search],
  )
  const item = items.find((shown) => shown.id === chosen) ?? null
  return (
    <>
      <header className="view-head">
        <div className="view-title">
          <h1>{words.deliveries.title}</h1>
        </div>
        <Choice
          label={words.deliveries.filter}
          isLabelHidden
          options={words.deliveries.filters}
          value={filter}
          onChange={setFilter}
        />
        <SearchField
          label={words.deliveries.search}
          placeholder={words.deliveries.searchHint}
          value={search}
          onChange={setSearch}
          shortcut="/"
          inputRef={searchRef}
        />
      </header>
      {deliveries.isError ? (
        <LoadFailed error={deliveries.error} onRetry={() => void deliveries.refetch()} />
      ) : deliveries.data === undefined ? (
        <Loading />
      ) : deliveries.data.length === 0 ? (
        <Empty icon={Inbox} title={words.deliveries.empty} detail={words.deliveries.emptyDetail} />
      ) : (
        <div className="split">
          {items.length === 0 ? (
            <Empty
              icon={FileSearch}
              title={words.deliveries.nothingFound}
              detail={words.deliveries.nothingFoundDetail}
            />
          ) : (
            <FileList items={items} chosen={item?.id ?? null} onChoose={setChosen} />
          )}
          <aside className="split-detail">
            {item === null ? (
              <Empty icon={MousePointerClick} title={words.deliveries.choose} />
            ) : (
              <DeliveryDetail key={item.id} item={item} />
            )}
          </aside>
        </div>
      )}
    </>
  )
}

function FileList({
  items,
  chosen,
  onChoose,
}: {
  readonly items: readonly DeliveryItem[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}): ReactNode {
  const nowMs = useNowMs()
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: 54, gap: 2, padding: 8 }}>
      <ListBox
        className="files"
        aria-label={words.deliveries.list}
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
