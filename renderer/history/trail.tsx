import type { ReactNode } from 'react'
import type { TrailEntry } from '../../shared/ipc/history-calls.ts'
import { useNowMs } from '../data/clock.ts'
import { useCall } from '../data/radpost.ts'
import { writeMoment } from '../format/dates.ts'
import { Loading, LoadFailed } from '../ui/empty.tsx'
import { words } from '../words.ts'

/** The audit trail of one delivery as a timeline. */
export function Trail({ id }: { readonly id: string }): ReactNode {
  const trail = useCall('history.trail', { id })
  return (
    <section aria-labelledby="trail-heading">
      <h3 id="trail-heading">{words.history.trail}</h3>
      <p className="small soft">{words.history.trailDetail}</p>
      {trail.isError ? (
        <LoadFailed error={trail.error} onRetry={() => void trail.refetch()} />
      ) : trail.data === undefined ? (
        <Loading />
      ) : (
        <ol className="trail">
          {trail.data.map((entry) => (
            <Step key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Step({ entry }: { readonly entry: TrailEntry }): ReactNode {
  const nowMs = useNowMs()
  return (
    <li>
      <span className="trail-head">
        <span className="strong">{stepInWords(entry)}</span>
        <time className="faint small" dateTime={entry.at} title={entry.at}>
          {writeMoment(entry.at, nowMs)}
        </time>
      </span>
      {entry.facts.length === 0 ? null : (
        <ul className="trail-facts selectable">
          {entry.facts.map((fact, index) => (
            <li key={`${fact.name} ${index}`}>
              {words.history.fact({ ...fact, name: factName(fact.name) })}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function factName(name: string): string {
  const names: Readonly<Record<string, string>> = words.history.factNames
  return Object.hasOwn(names, name) ? (names[name] ?? name) : name
}

/** A sentence for what this window knows; the entry's own name for anything newer. */
function stepInWords({ what, facts }: TrailEntry): string {
  // Two kinds of entries are called so: a file that was complete, and an outcome that a person settled.
  if (what === 'settled' && facts.some(({ name }) => name === 'settled'))
    return words.history.steps.settledByPerson
  const steps: Readonly<Record<string, string>> = words.history.steps
  return Object.hasOwn(steps, what) ? (steps[what] ?? what) : what
}
