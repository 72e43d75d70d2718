import {
  Ban,
  CircleCheck,
  CircleUserRound,
  Clock,
  CopyCheck,
  FileClock,
  FileX,
  LoaderCircle,
  Send,
  ShieldCheck,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { isHeldReason, isWaitingReason } from '../deliveries/reasons.ts'
import { words } from '../words.ts'
import { Glyph, type Tone } from './button.tsx'

type State = DeliveryItem['state']

const looks: Readonly<Record<State, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  settling: { icon: FileClock, tone: 'calm' },
  spooled: { icon: ShieldCheck, tone: 'active' },
  queued: { icon: Send, tone: 'active' },
  sending: { icon: LoaderCircle, tone: 'active' },
  waiting: { icon: Clock, tone: 'warn' },
  held: { icon: CircleUserRound, tone: 'warn' },
  delivered: { icon: CircleCheck, tone: 'good' },
  duplicate: { icon: CopyCheck, tone: 'calm' },
  discarded: { icon: Ban, tone: 'calm' },
  withdrawn: { icon: FileX, tone: 'calm' },
}

/** The icon of a state; the words of `stateInWords` stand beside it. */
export function StateIcon({ state }: { readonly state: State }): ReactNode {
  const look = looks[state]
  return <Glyph icon={look.icon} tone={look.tone} isSpinning={state === 'sending'} />
}

/** The state in words, with the reason where there is one: "Waiting: no connection". */
export function stateInWords(item: Pick<DeliveryItem, 'state' | 'reason'>): string {
  const state = words.deliveries.states[item.state]
  const reason = reasonInWords(item.reason)
  return reason === null ? state : words.deliveries.stateBecause({ state, reason })
}

function reasonInWords(reason: string | null): string | null {
  if (isHeldReason(reason)) return words.deliveries.heldReasons[reason]
  if (isWaitingReason(reason)) return words.deliveries.waitingReasons[reason]
  return null
}

/** State with icon and words. */
export function StateLine({ item }: { readonly item: Pick<DeliveryItem, 'state' | 'reason'> }): ReactNode {
  return (
    <span className="state-line">
      <StateIcon state={item.state} />
      <span className="truncate">{stateInWords(item)}</span>
    </span>
  )
}
