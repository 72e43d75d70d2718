import { FileSearch, History as HistoryIcon, MousePointerClick } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { FileList } from '../deliveries/file-list.tsx'
import { Picker } from '../schedule/picker.tsx'
import { Button } from '../ui/button.tsx'
import { Empty, Loading, LoadFailed } from '../ui/empty.tsx'
import { SearchField, TextField } from '../ui/field.tsx'
import { words } from '../words.ts'
import { HistoryDetail } from './history-detail.tsx'
import { noHistoryFilters, PAGE, searchFor, type HistoryFilters } from './search.ts'
import { Verification } from './verification.tsx'

/** Search over everything that was sent, and what happened to each, step by step. */
export function History(): ReactNode {
  const [filters, setFilters] = useState(noHistoryFilters)
  const [offset, setOffset] = useState(0)
  const [chosen, setChosen] = useState<string | null>(null)
  const searchRef = useRef<HTMLInputElement>(null)
  const history = useCall('history.search', searchFor(filters, offset), { keepsFormer: true })
  const items = history.data?.items ?? []
  const item = items.find(({ id }) => id === chosen) ?? null
  const change = (part: Partial<HistoryFilters>) => {
    setFilters({ ...filters, ...part })
    setOffset(0)
  }
  const step = (by: 1 | -1) => {
    const at = items.findIndex(({ id }) => id === chosen)
    setChosen((items[at < 0 ? 0 : at + by] ?? item)?.id ?? null)
  }
  useShortcuts({
    '/': () => searchRef.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    Escape: () => setChosen(null),
  })
  return (
    <>
      <header className="view-head">
        <div className="view-title">
          <h1>{words.history.title}</h1>
          {history.data === undefined ? null : (
            <p className="view-sub" role="status">
              {words.history.count({ number: history.data.total })}
            </p>
          )}
        </div>
        <Verification />
        <SearchField
          label={words.history.search}
          placeholder={words.history.searchHint}
          value={filters.text}
          onChange={(text) => change({ text })}
          shortcut="/"
          inputRef={searchRef}
        />
      </header>
      <Filters filters={filters} change={change} />
      {history.isError ? (
        <LoadFailed error={history.error} onRetry={() => void history.refetch()} />
      ) : history.data === undefined ? (
        <Loading />
      ) : items.length === 0 ? (
        <Nothing isFiltered={filters !== noHistoryFilters} />
      ) : (
        <div className="split">
          <div className="history-list">
            <FileList label={words.history.list} items={items} chosen={chosen} onChoose={setChosen} />
            <Pages offset={offset} total={history.data.total} onGo={setOffset} />
          </div>
          <aside className="split-detail">
            {item === null ? (
              <Empty icon={MousePointerClick} title={words.history.choose} />
            ) : (
              <HistoryDetail key={item.id} item={item} />
            )}
          </aside>
        </div>
      )}
    </>
  )
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  return isFiltered ? (
    <Empty
      icon={FileSearch}
      title={words.history.nothingFound}
      detail={`${words.history.nothingFoundDetail} ${words.history.searchNote}`}
    />
  ) : (
    <Empty icon={HistoryIcon} title={words.history.empty} detail={words.history.emptyDetail} />
  )
}

function Filters({
  filters,
  change,
}: {
  readonly filters: HistoryFilters
  readonly change: (part: Partial<HistoryFilters>) => void
}): ReactNode {
  const { any: anyResult, ...results } = words.history.results
  const { any: anyStatus, ...statuses } = words.history.statuses
  return (
    <div className="history-filters" role="group" aria-label={words.history.filters}>
      <TextField
        label={words.history.from}
        type="date"
        value={filters.from}
        onChange={(from) => change({ from })}
      />
      <TextField label={words.history.to} type="date" value={filters.to} onChange={(to) => change({ to })} />
      <Picker
        label={words.history.result}
        value={filters.result}
        options={[['', anyResult], ...Object.entries(results)]}
        onChange={(result) => change({ result })}
      />
      <Picker
        label={words.history.status}
        value={filters.status}
        options={[['', anyStatus], ...Object.entries(statuses)]}
        onChange={(status) => change({ status })}
      />
      <Picker
        label={words.history.kind}
        value={filters.kind}
        options={[['', words.history.anyKind], ...Object.entries(words.deliveries.kinds)]}
        onChange={(kind) => change({ kind })}
      />
    </div>
  )
}

function Pages({
  offset,
  total,
  onGo,
}: {
  readonly offset: number
  readonly total: number
  readonly onGo: (offset: number) => void
}): ReactNode {
  if (total <= PAGE) return null
  const end = Math.min(offset + PAGE, total)
  return (
    <nav className="history-pages" aria-label={words.history.pages}>
      <Button size="small" isDisabled={offset === 0} onPress={() => onGo(Math.max(0, offset - PAGE))}>
        {words.history.newer}
      </Button>
      <span className="small soft">{words.history.page({ from: offset + 1, to: end, total })}</span>
      <Button size="small" isDisabled={end >= total} onPress={() => onGo(offset + PAGE)}>
        {words.history.older}
      </Button>
    </nav>
  )
}
