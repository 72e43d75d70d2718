import { FileSearch, Inbox, MousePointerClick, RotateCw } from 'lucide-react'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Empty, Loading, LoadFailed } from '../ui/empty.tsx'
import { SearchField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { DeliveryDetail } from './delivery-detail.tsx'
import { FileList } from './file-list.tsx'
import { canRetry, countsOf, filterDeliveries, filters, type Filter } from './filter.ts'
import { useThroughput } from './throughput.ts'

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
          <Pace items={deliveries.data ?? none} />
        </div>
        <RetryAll items={items} />
        <Choice
          label={words.deliveries.filter}
          isLabelHidden
          options={countedFilters(countsOf(deliveries.data ?? []))}
          value={filter}
          onChange={(named) => setFilter(filters.find((known) => known === named) ?? 'all')}
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
            <FileList
              label={words.deliveries.list}
              items={items}
              chosen={item?.id ?? null}
              onChoose={setChosen}
            />
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

const none: readonly DeliveryItem[] = []

/** The strips with how many there are behind each; that of critical results only while one is open. */
function countedFilters(counts: Readonly<Record<Filter, number>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filters
      .filter((filter) => filter !== 'critical' || counts.critical > 0)
      .map((filter) => [
        filter,
        words.deliveries.filterCount({ filter: words.deliveries.filters[filter], number: counts[filter] }),
      ]),
  )
}

/** How a burst goes: what is still on its way, and how fast it leaves. */
function Pace({ items }: { readonly items: readonly DeliveryItem[] }): ReactNode {
  const throughput = useThroughput(items, useNowMs())
  if (throughput === null) return null
  return (
    <p className="view-sub" role="status">
      {words.deliveries.throughput({ left: throughput.left, pace: Math.round(throughput.perMinute) })}
    </p>
  )
}

/** Tries everything in sight that may be tried again. */
function RetryAll({ items }: { readonly items: readonly DeliveryItem[] }): ReactNode {
  const retry = useAction('deliveries.retryAll')
  const announce = useAnnounce()
  const ids = items.filter(canRetry).map(({ id }) => id)
  if (ids.length < 2) return null
  return (
    <Button
      size="small"
      icon={RotateCw}
      isBusy={retry.isPending}
      onPress={() =>
        retry.mutate(
          { ids },
          {
            onSuccess: ({ retried }) => announce.done(words.deliveries.retriedAll({ retried })),
            onError: announce.failed,
          },
        )
      }
    >
      {words.deliveries.retryAll({ number: ids.length })}
    </Button>
  )
}
