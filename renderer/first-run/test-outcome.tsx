import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'

/** How a connection test ended: what happened, and what to do for this class of failure. */
export function TestOutcome({
  outcome,
}: {
  readonly outcome: CallResult<'setup.testConnection'> | null
}): ReactNode {
  return (
    <div role="status">
      {outcome === null ? null : (
        <div className="outcome" data-kind={outcome.ok ? 'passed' : 'failed'}>
          <Glyph icon={outcome.ok ? CircleCheck : CircleAlert} tone={outcome.ok ? 'good' : 'bad'} />
          <div>
            <p className="strong">{outcome.ok ? words.firstRun.testPassed : words.firstRun.testFailed}</p>
            {outcome.kind === null ? null : <p className="small">{words.firstRun.failures[outcome.kind]}</p>}
            {outcome.message === '' ? null : <p className="small soft selectable">{outcome.message}</p>}
          </div>
        </div>
      )}
    </div>
  )
}
