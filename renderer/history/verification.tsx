import { ShieldAlert, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNowMs } from '../data/clock.ts'
import { useAction } from '../data/radpost.ts'
import { writeMoment } from '../format/dates.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

/** Proves the chain of the whole audit trail on request, and says how that ended. */
export function Verification(): ReactNode {
  const verify = useAction('history.verify')
  const announce = useAnnounce()
  const nowMs = useNowMs()
  const { data } = verify
  return (
    <div className="history-verification">
      <p role="status" className="small">
        {data === undefined ? null : (
          <>
            <Glyph
              icon={data.fault === null ? ShieldCheck : ShieldAlert}
              tone={data.fault === null ? 'good' : 'bad'}
            />
            {data.fault === null
              ? words.history.whole({ entries: data.entries, time: writeMoment(data.at, nowMs) })
              : words.history.broken({ fault: data.fault })}
          </>
        )}
      </p>
      <Button
        size="small"
        icon={ShieldCheck}
        isBusy={verify.isPending}
        onPress={() => verify.mutate({}, { onError: announce.failed })}
      >
        {words.history.verify}
      </Button>
    </div>
  )
}
