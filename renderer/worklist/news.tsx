import { ArrowUpDown, CloudOff, ListChecks, SearchX, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StationStatus } from '../../shared/ipc.ts'
import { Button, Key } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { words } from '../words.ts'
import type { SteadyRows } from './steady-rows.ts'

/** What the list keeps back while it holds still, floating above it so that no row moves. */
export function News({
  steady,
  onUpdate,
}: {
  readonly steady: SteadyRows
  readonly onUpdate: () => void
}): ReactNode {
  const { added, gone, reordered } = steady
  return (
    <div className="news" role="status">
      {added + gone > 0 || reordered ? (
        <div className="news-pill">
          <span>{added + gone > 0 ? words.worklist.news({ added, gone }) : words.worklist.reordered}</span>
          <Button kind="primary" size="small" icon={ArrowUpDown} onPress={onUpdate}>
            {words.worklist.showNews}
          </Button>
          <Key>u</Key>
        </div>
      ) : null}
    </div>
  )
}

/** An empty list is good news only when it is complete. */
export function NothingToShow({
  status,
  search,
  isEmpty,
  onClear,
}: {
  readonly status: StationStatus
  readonly search: string
  readonly isEmpty: boolean
  readonly onClear: () => void
}): ReactNode {
  if (!isEmpty) {
    return (
      <Empty
        icon={SearchX}
        title={words.worklist.nothingFound}
        detail={
          search === '' ? words.worklist.nothingFiltered : words.worklist.nothingFoundDetail({ search })
        }
      >
        <Button icon={X} onPress={onClear}>
          {words.worklist.clearAll}
        </Button>
      </Empty>
    )
  }
  if (status.practices.some((practice) => practice.completeAt === null)) {
    return <Empty icon={CloudOff} title={words.worklist.offline} detail={words.worklist.offlineDetail} />
  }
  return <Empty icon={ListChecks} title={words.worklist.empty} detail={words.worklist.emptyDetail} />
}
