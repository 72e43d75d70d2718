import { Hourglass } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'
import { useKnownVisit } from './use-visit.ts'
import { JoinButton } from './visit-links.tsx'

/** Somebody sits in front of a screen and waits: said above everything else, wherever the panel is scrolled to. */
export function WaitingBanner({ study }: { readonly study: AppointmentKey }): ReactNode {
  const visit = useKnownVisit(study)?.visit ?? null
  if (visit?.status?.kind !== 'waiting' || visit.patient === 'contradicts') return null
  return (
    <div className="banner waiting-banner" data-tone="warn" role="status">
      <Glyph icon={Hourglass} />
      <span className="banner-text">{words.solo.waitingNow}</span>
      <JoinButton study={study} />
    </div>
  )
}
