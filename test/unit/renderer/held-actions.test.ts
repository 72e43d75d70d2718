import { describe, expect, it } from 'vitest'
import { heldReasons, type HeldReason } from '../../../shared/delivery.ts'
import { calls } from '../../../shared/ipc.ts'
import { missingNeed } from '../../../electron/outbox/person-actions.ts'
import { canDiscard, canRetry } from '../../../renderer/deliveries/filter.ts'
import {
  caseKind,
  noAnswer,
  questions,
  resolution,
  unanswered,
  type Answer,
  type CaseKind,
} from '../../../renderer/needs-you/case-kind.ts'

/** Every action of the table in interfaces.md 6, against what the window offers for the reason. */

type Action =
  | 'appointment'
  | 'birth-date'
  | 'text'
  | 'status'
  | 'release'
  | 'settled delivered'
  | 'settled not-delivered'
  | 'retry'
  | 'discard'

const appointment: readonly Action[] = ['appointment']
const dropAgain: readonly Action[] = ['discard']
/** What interfaces.md 6 says that a person can do; `discard` beside the rest is what design.md 1.4 adds. */
const table: Readonly<Record<HeldReason, readonly Action[]>> = {
  'no-match': appointment,
  'study-unnamed': appointment,
  'ambiguous-match': appointment,
  'identity-unverified': appointment,
  'identity-mismatch': ['appointment', 'birth-date'],
  'no-text': ['text', 'appointment'],
  'status-unclear': ['status'],
  superseded: ['release'],
  'already-final': ['release'],
  correction: ['release'],
  'not-a-report': dropAgain,
  encrypted: dropAgain,
  damaged: dropAgain,
  'too-large': dropAgain,
  'active-content': dropAgain,
  unsupported: dropAgain,
  'sidecar-invalid': dropAgain,
  'sidecar-orphan': dropAgain,
  'other-subject': dropAgain,
  gone: ['retry', 'discard'],
  rejected: ['retry', 'discard'],
  'outcome-unknown': ['settled delivered', 'settled not-delivered'],
}

const filledIn: Answer = {
  study: { domain: 'acme', appointmentId: 'A1' },
  identity: 'mismatch',
  birthDate: '1961-03-28',
  text: 'Normal.',
  status: 'final',
  settled: 'delivered',
}

const isResolvable = (kind: CaseKind): kind is Exclude<CaseKind, 'retry' | 'dropAgain'> =>
  kind !== 'retry' && kind !== 'dropAgain'

function resolvable(reason: HeldReason) {
  const kind = caseKind(reason)
  return isResolvable(kind) ? [{ reason, kind }] : []
}

/** What can be done in the window about a report that is held for this reason and whose study is not known. */
function offered(reason: HeldReason): ReadonlySet<Action> {
  const item = { state: 'held', reason } as const
  const actions = new Set<Action>()
  if (canRetry(item)) actions.add('retry')
  if (canDiscard(item)) actions.add('discard')
  const kind = caseKind(reason)
  if (!isResolvable(kind)) return actions
  const asked = questions(kind, filledIn, false)
  const said = resolution(kind, asked, filledIn)
  if (said.appointment !== null) actions.add('appointment')
  if (said.birthDate !== null) actions.add('birth-date')
  if (said.text !== null) actions.add('text')
  if (said.status !== null) actions.add('status')
  if (said.release) actions.add('release')
  if (asked.includes('settled')) {
    for (const settled of ['delivered', 'not-delivered'] as const)
      if (resolution(kind, asked, { ...filledIn, settled }).settled === settled)
        actions.add(`settled ${settled}`)
  }
  return actions
}

describe.each(heldReasons)('held as %s', (reason) => {
  it.each(table[reason])('the window offers: %s', (action) => {
    expect(offered(reason)).toContain(action)
  })

  it('has a way out', () => {
    const item = { state: 'held', reason } as const
    expect(isResolvable(caseKind(reason)) || canRetry(item) || canDiscard(item)).toBe(true)
  })
})

describe.each(heldReasons.flatMap((reason) => resolvable(reason)))('held as $reason', ({ reason, kind }) => {
  it('what the window sends is all that the station asks for this reason, and fits the contract', () => {
    const asked = questions(kind, filledIn, false)
    expect(unanswered(asked, filledIn)).toEqual([])
    const said = { by: 'Dr Rory Smith', reason: 'Compared', ...resolution(kind, asked, filledIn) }
    expect(missingNeed(reason, said)).toBeNull()
    expect(calls['held.resolve'].args.safeParse({ id: 'd1', ...said }).success).toBe(true)
  })

  it('nothing goes without its answer', () => {
    const asked = questions(kind, noAnswer, false)
    expect(unanswered(asked, noAnswer)).toEqual(asked)
  })
})
