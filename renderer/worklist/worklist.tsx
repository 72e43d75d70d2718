import { RefreshCw } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { CallResult, StationStatus } from '../../shared/ipc.ts'
import { useNavigation } from '../data/navigation.tsx'
import { useAction, useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { useWorklistDesk } from '../data/worklist-desk.tsx'
import { IconButton, Key } from '../ui/button.tsx'
import { Loading, LoadFailed } from '../ui/empty.tsx'
import { SearchField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { matchesSearch, rowId, sortAppointments } from './order.ts'
import { StudyTable } from './study-table.tsx'
import { useSteadyRows } from './steady-rows.ts'
import { News, NothingToShow } from './news.tsx'
import { WorklistSummary } from './summary.tsx'

type Pending = CallResult<'worklist.get'>
const nothing: Pending['appointments'] = []

/** Every pending study of every practice, the most pressing first. */
export function Worklist({ status }: { readonly status: StationStatus }): ReactNode {
  const pending = useCall('worklist.get', {})
  const refresh = useAction('worklist.refresh')
  const announce = useAnnounce()
  const desk = useWorklistDesk()
  const searchRef = useRef<HTMLInputElement>(null)
  useShortcuts({ '/': () => searchRef.current?.focus() })
  return (
    <>
      <header className="view-head">
        <div className="view-title">
          <h1>{words.worklist.title}</h1>
          <WorklistSummary status={status} pending={pending.data} />
        </div>
        <p className="keys key-help caption faint">
          <Key>j</Key>
          <Key>k</Key> {words.worklist.keys.move}
          <Key>{words.worklist.keys.enter}</Key> {words.worklist.keys.open}
        </p>
        <SearchField
          label={words.worklist.search}
          placeholder={words.worklist.searchHint}
          value={desk.search}
          onChange={desk.setSearch}
          shortcut="/"
          inputRef={searchRef}
          onSubmit={() => document.querySelector<HTMLElement>('.study-table [role="row"][tabindex]')?.focus()}
        />
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
      </header>
      {pending.isError ? (
        <LoadFailed error={pending.error} onRetry={() => void pending.refetch()} />
      ) : pending.data === undefined ? (
        <Loading />
      ) : (
        <Studies pending={pending.data} status={status} />
      )}
    </>
  )
}

function Studies({
  pending,
  status,
}: {
  readonly pending: Pending
  readonly status: StationStatus
}): ReactNode {
  const { go } = useNavigation()
  const { search, sort, setSort, setShown } = useWorklistDesk()
  const [hasPointer, setHasPointer] = useState(false)
  const [hasFocus, setHasFocus] = useState(false)
  const [updates, setUpdates] = useState(0)
  const appointments = pending.appointments.length === 0 ? nothing : pending.appointments
  const fresh = useMemo(
    () =>
      sortAppointments(
        appointments.filter((appointment) => matchesSearch(appointment, search)),
        sort,
      ),
    [appointments, search, sort],
  )
  const basis = JSON.stringify([search, sort, updates])
  const steady = useSteadyRows(fresh, hasPointer || hasFocus, basis)
  useEffect(() => setShown(steady.rows.map((row) => row.appointment)), [steady, setShown])
  const update = () => setUpdates((number) => number + 1)
  useShortcuts({ u: update })

  if (steady.rows.length === 0) {
    return <NothingToShow status={status} search={search} isEmpty={appointments.length === 0} />
  }
  return (
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
        sort={sort}
        onSort={setSort}
        siteZones={pending.siteZones ?? []}
        alerts={pending.alerts ?? []}
        onOpen={(id) => {
          const row = steady.rows.find((shown) => rowId(shown.appointment) === id)
          if (row === undefined) return
          const { domain, appointmentId } = row.appointment
          go({ view: 'study', study: { domain, appointmentId } })
        }}
      />
      <News steady={steady} onUpdate={update} />
    </div>
  )
}
