import { PhoneCall, Siren } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'
import { Badge } from '../ui/badge.tsx'
import { words } from '../words.ts'
import { criticalState } from './state.ts'

export function CriticalBadge({ item }: { readonly item: Pick<DeliveryItem, 'critical'> }): ReactNode {
  const state = criticalState(item)
  if (state === null) return null
  return (
    <Badge tone={state === 'open' ? 'bad' : 'good'} icon={state === 'open' ? Siren : PhoneCall}>
      {words.critical.badge[state]}
    </Badge>
  )
}
