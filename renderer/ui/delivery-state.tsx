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
  if (item.reason === null) return state
  if (isHeldReason(item.reason)) return `${state}: ${lower(words.needsYou.reasons[item.reason])}`
  if (isWaitingReason(item.reason)) return `${state}: ${lower(words.deliveries.waitingReasons[item.reason])}`
  return state
}

/** Inside a sentence, but names such as QUBS keep their capitals. */
function lower(text: string): string {
  return /^[A-Z][A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
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
