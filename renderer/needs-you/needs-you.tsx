import { CircleCheck } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { useNowMs } from '../data/clock.ts'
import { useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { fileName } from '../deliveries/file-name.ts'
import { isHeldReason } from '../deliveries/reasons.ts'
import { writeMoment } from '../format/dates.ts'
import { Key } from '../ui/button.tsx'
import { Empty, Loading, LoadFailed } from '../ui/empty.tsx'
import { words } from '../words.ts'
import { AskedCase, HeldCase } from './held-case.tsx'
import { SuggestionDialog, type Suggestion } from './suggestion-dialog.tsx'
import { onTheDesk } from './turn.ts'

/** How many deliveries are looked through for those that are held. */
const LIMIT = 5_000

/**
 * Every report that waits for a person, with the delivered ones that raise a question, the oldest first. `wanted`: the
 * one that a notification asks for.
 */
export function NeedsYou({ wanted }: { readonly wanted: string | null }): ReactNode {
  const deliveries = useCall('deliveries.list', { limit: LIMIT })
  const held = useMemo(
    () =>
      (deliveries.data ?? [])
        .filter((item) => item.state === 'held' || item.discrepancy?.state === 'asked')
        .toSorted((a, b) => (a.seenAt < b.seenAt ? -1 : a.seenAt > b.seenAt ? 1 : 0)),
    [deliveries.data],
  )
  const ids = useMemo(() => held.map((item) => item.id), [held])
  const [choice, setChoice] = useState<{ readonly id: string | null; readonly formerIds: readonly string[] }>(
    {
      id: wanted,
      formerIds: [],
    },
  )
  const [suggestion, setSuggestion] = useState<Suggestion | null>(null)
  const current = onTheDesk(ids, choice.id, choice.formerIds)
  // What is on the desk is the choice from now on, with the list as it is beside it.
  if (deliveries.data !== undefined && (choice.id !== current || choice.formerIds !== ids)) {
    setChoice({ id: current, formerIds: ids })
  }
  const onDesk = held.find((item) => item.id === current)
  const place = current === null ? -1 : ids.indexOf(current)
  const move = (step: number) => {
    const id = ids[place + step]
    if (id !== undefined) setChoice({ id, formerIds: ids })
  }
  useShortcuts({ j: () => move(1), k: () => move(-1) })
  return (
    <>
      <header className="view-head">
        <div className="view-title">
          <h1>{words.needsYou.title}</h1>
        </div>
        {held.length > 1 ? (
          <p className="small soft keys">
            <Key>k</Key>
            <Key>j</Key>
            <span>{words.needsYou.position({ number: place + 1, total: held.length })}</span>
          </p>
        ) : null}
      </header>
      {deliveries.isError ? (
        <LoadFailed error={deliveries.error} onRetry={() => void deliveries.refetch()} />
      ) : deliveries.data === undefined ? (
        <Loading />
      ) : current === null ? (
        <Empty icon={CircleCheck} title={words.needsYou.empty} detail={words.needsYou.emptyDetail} />
      ) : (
        <div className="desk">
          <HeldList held={held} current={current} onChoose={(id) => setChoice({ id, formerIds: ids })} />
          {onDesk?.state === 'held' ? (
            <HeldCase key={current} id={current} onSuggestion={setSuggestion} />
          ) : onDesk === undefined ? null : (
            <AskedCase key={current} item={onDesk} />
          )}
        </div>
      )}
      {suggestion === null ? null : (
        <SuggestionDialog suggestion={suggestion} onClose={() => setSuggestion(null)} />
      )}
    </>
  )
}

function HeldList({
  held,
  current,
  onChoose,
}: {
  readonly held: readonly DeliveryItem[]
  readonly current: string
  readonly onChoose: (id: string) => void
}): ReactNode {
  const nowMs = useNowMs()
  return (
    <ListBox
      className="held-list"
      aria-label={words.needsYou.list}
      items={held}
      dependencies={[nowMs]}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[current]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys
        if (key !== undefined) onChoose(String(key))
      }}
    >
      {(item) => (
        <ListBoxItem id={item.id} className="held" textValue={fileName(item)}>
          <span className="held-reason">
            {isHeldReason(item.reason)
              ? words.needsYou.reasons[item.reason]
              : words.needsYou.discrepancy.heading}
          </span>
          <span className="second-line truncate">{fileName(item)}</span>
          <span className="second-line">{writeMoment(item.seenAt, nowMs)}</span>
        </ListBoxItem>
      )}
    </ListBox>
  )
}
