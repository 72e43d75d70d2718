import { CheckCheck, RefreshCw } from 'lucide-react'
import { memo, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { CallResult, StationStatus } from '../../shared/ipc.ts'
import { noFilters, type ColumnChoice, type Filters } from '../../shared/preferences.ts'
import { useNowMs } from '../data/clock.ts'
import { useNavigation } from '../data/navigation.tsx'
import { usePreferences } from '../data/preferences.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { useWorklistDesk } from '../data/worklist-desk.tsx'
import { IconButton, Key } from '../ui/button.tsx'
import { Loading, LoadFailed } from '../ui/empty.tsx'
import { SearchField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { ColumnMenu } from './column-menu.tsx'
import { moveColumn, resizeColumn, shownColumns } from './columns.ts'
import { useFacts } from './facts.ts'
import { FilterBar } from './filter-bar.tsx'
import { countChoices, filterRows, meOf } from './filters.ts'
import { useMarkSeen } from './marks.ts'
import { News, NothingToShow } from './news.tsx'
import { sortRows } from './order.ts'
import type { RowAction } from './row-menu.tsx'
import { useSteadyRows, type Row } from './steady-rows.ts'
import { matchesWords, searchWords, studyRow } from './study-row.ts'
import { StudyTable } from './study-table.tsx'
import { WorklistSummary } from './summary.tsx'
import { ViewMenu } from './view-menu.tsx'

type Pending = CallResult<'worklist.get'>

/** Every pending study of every practice, the most pressing first. */
export function Worklist({ status }: { readonly status: StationStatus }): ReactNode {
  const pending = useCall('worklist.get', {})
  const { isReady } = useWorklistDesk()
  if (pending.isError) {
    return (
      <>
        <WorklistHead summary={null} />
        <LoadFailed error={pending.error} onRetry={() => void pending.refetch()} />
      </>
    )
  }
  if (pending.data === undefined || !isReady) {
    return (
      <>
        <WorklistHead summary={null} />
        <Loading />
      </>
    )
  }
  return <Studies pending={pending.data} status={status} />
}

function WorklistHead({ summary }: { readonly summary: ReactNode }): ReactNode {
  const { search, setSearch } = useWorklistDesk()
  const searchRef = useRef<HTMLInputElement>(null)
  useShortcuts({ '/': () => searchRef.current?.focus() })
  return (
    <header className="view-head worklist-head">
      <div className="view-title">
        <h1>{words.worklist.title}</h1>
        {summary ?? <p className="view-sub" />}
      </div>
      <p className="keys key-help caption faint">
        <Key>j</Key>
        <Key>k</Key> {words.worklist.keys.move}
        <Key>{words.worklist.keys.enter}</Key> {words.worklist.keys.open}
      </p>
      <SearchField
        label={words.worklist.search}
        placeholder={words.worklist.searchHint}
        value={search}
        onChange={setSearch}
        shortcut="/"
        inputRef={searchRef}
        onSubmit={() =>
          document.querySelector<HTMLElement>('.study-table [role="row"][tabindex="0"]')?.focus()
        }
      />
      <Refresh />
    </header>
  )
}

const Refresh = memo(function Refresh(): ReactNode {
  const refresh = useAction('worklist.refresh')
  const announce = useAnnounce()
  return (
    <IconButton
      icon={RefreshCw}
      name={words.worklist.refresh}
      isBusy={refresh.isPending}
      onPress={() =>
        refresh.mutate(
          {},
          { onSuccess: () => announce.done(words.worklist.refreshing), onError: announce.failed },
        )
      }
    />
  )
})

function Studies({
  pending,
  status,
}: {
  readonly pending: Pending
  readonly status: StationStatus
}): ReactNode {
  const { go } = useNavigation()
  const { search, setSearch, kept, change, setShown, place } = useWorklistDesk()
  const { preferences } = usePreferences()
  const clinician = useCall('settings.get', {}).data?.clinician
  const nowMs = useNowMs()
  const markSeen = useMarkSeen()
  const facts = useFacts(pending, status.practices)
  const { alertCounts, practiceNames, marks } = facts
  const { filters, sort } = kept
  const [hasPointer, setHasPointer] = useState(false)
  const [hasFocus, setHasFocus] = useState(false)
  const [updates, setUpdates] = useState(0)

  const rows = useMemo(() => pending.appointments.map(studyRow), [pending.appointments])
  const ordered = useMemo(
    () => sortRows(rows, sort, { alertCounts, practiceNames }),
    [rows, sort, alertCounts, practiceNames],
  )
  const found = useMemo(() => {
    const searched = searchWords(search)
    return searched.length === 0 ? ordered : ordered.filter((row) => matchesWords(row, searched))
  }, [ordered, search])
  const me = useMemo(() => (clinician === undefined ? null : meOf(clinician)), [clinician])
  const news = useMemo(() => new Set(marks.keys()), [marks])
  const filterFacts = useMemo(() => ({ nowMs, alertCounts, news, me }), [nowMs, alertCounts, news, me])
  const passing = useMemo(() => filterRows(found, filters, filterFacts), [found, filters, filterFacts])
  const counts = useMemo(() => countChoices(found, filters, filterFacts), [found, filters, filterFacts])
  const basis = JSON.stringify([search, filters, sort, updates])
  const steady = useSteadyRows(passing, hasPointer || hasFocus, basis)
  useEffect(() => setShown(() => steady.rows.map(({ study }) => study.appointment)), [steady, setShown])
  const update = () => setUpdates((number) => number + 1)
  useShortcuts({ u: update })

  const columns = useMemo(
    () => shownColumns(kept.columns, practiceNames.size),
    [kept.columns, practiceNames.size],
  )
  const act = (action: RowAction, { study: { id, appointment } }: Row) => {
    const { domain, appointmentId } = appointment
    const study = { domain, appointmentId }
    if (marks.has(id)) markSeen([study])
    switch (action) {
      case 'open':
        return go({ view: 'study', study })
      case 'report':
        return go({ view: 'compose', study })
      case 'comment':
        return go({ view: 'study', study, panel: 'comment' })
      case 'seen':
        return undefined
      case 'only-site':
        return change({ filters: { ...filters, sites: [appointment.scheduledSite] } })
      case 'only-modality':
        return change({ filters: { ...filters, modalities: [appointment.modality ?? ''] } })
    }
  }

  const chooseFilters = useCallback((chosen: Filters) => change({ filters: chosen }), [change])
  const chooseColumns = useCallback(
    (chosen: readonly ColumnChoice[]) => change({ columns: [...chosen] }),
    [change],
  )

  return (
    <>
      <WorklistHead
        summary={
          <WorklistSummary
            practices={status.practices}
            rows={rows}
            shown={passing.length}
            news={marks.size}
          />
        }
      />
      <div className="worklist-bar">
        <ViewMenu kept={kept} change={change} />
        <FilterBar
          filters={filters}
          counts={counts}
          onChange={chooseFilters}
          practiceNames={practiceNames}
          knowsMe={me !== null}
        />
        {marks.size > 0 ? (
          <IconButton icon={CheckCheck} name={words.worklist.allSeen} onPress={() => markSeen(null)} />
        ) : null}
        <ColumnMenu columns={kept.columns} practices={practiceNames.size} onChange={chooseColumns} />
      </div>
      {steady.rows.length === 0 ? (
        <NothingToShow
          status={status}
          search={search}
          isEmpty={rows.length === 0}
          onClear={() => {
            setSearch('')
            change({ filters: noFilters })
          }}
        />
      ) : (
        <div
          className="studies"
          onPointerEnter={() => setHasPointer(true)}
          onPointerLeave={() => setHasPointer(false)}
          onFocus={() => setHasFocus(true)}
          onBlur={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget)) setHasFocus(false)
          }}
        >
          <StudyTable
            rows={steady.rows}
            facts={facts}
            columns={columns}
            density={preferences.density}
            sort={sort}
            basis={basis}
            place={place}
            onSort={(wanted) => change({ sort: wanted })}
            onResize={(id, widthPx) => change({ columns: [...resizeColumn(kept.columns, id, widthPx)] })}
            onMoveColumn={(id, by) =>
              change({
                columns: [
                  ...moveColumn(
                    kept.columns,
                    id,
                    by,
                    columns.map((column) => column.id),
                  ),
                ],
              })
            }
            onAct={act}
          />
          <News steady={steady} onUpdate={update} />
        </div>
      )}
    </>
  )
}
