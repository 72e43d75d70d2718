import { ArrowLeft, Undo2 } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { CallResult, DeliveryItem } from '../../shared/ipc.ts'
import type { AppointmentKey, PendingAppointment } from '../../shared/worklist.ts'
import { useNavigation } from '../data/navigation.tsx'
import { useAction, useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { PatientHeading } from '../study/patient-heading.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { Empty, Loading, LoadFailed } from '../ui/empty.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { Sent } from './sent.tsx'
import { WritingForm } from './writing-form.tsx'

/** Writes the report of one study by hand: a draft until it is handed over, then its delivery. */
export function Compose({ study }: { readonly study: AppointmentKey }): ReactNode {
  const { go } = useNavigation()
  const back = () => go({ view: 'study', study })
  useShortcuts({ Escape: back })
  const opened = useCall('compose.open', study)
  // Opened anew, the draft is another writing: the text of a delivery that was discarded, or one brought back.
  const [round, setRound] = useState(0)
  const openAnew = () => void opened.refetch().then(() => setRound((number) => number + 1))
  return (
    <>
      <header className="view-head study-head">
        <IconButton icon={ArrowLeft} name={words.compose.back} onPress={back} />
        <div className="view-title">
          {opened.data === undefined ? null : (
            <Whose appointment={opened.data.appointment} appointmentId={study.appointmentId} />
          )}
        </div>
      </header>
      {opened.isError ? (
        <LoadFailed error={opened.error} onRetry={() => void opened.refetch()} />
      ) : opened.data === undefined ? (
        <Loading />
      ) : (
        <Opened key={round} study={study} first={opened.data} onOpenAnew={openAnew} />
      )}
    </>
  )
}

function Whose({
  appointment,
  appointmentId,
}: {
  readonly appointment: PendingAppointment | null
  readonly appointmentId: string
}): ReactNode {
  if (appointment !== null) return <PatientHeading appointment={appointment} />
  return (
    <>
      <h1>{words.compose.unknownStudy({ id: appointmentId })}</h1>
      <p className="view-sub">{words.compose.unknownStudyDetail}</p>
    </>
  )
}

/** What was opened stays what is written on, whatever is asked again behind it. */
function Opened({
  study,
  first,
  onOpenAnew,
}: {
  readonly study: AppointmentKey
  readonly first: CallResult<'compose.open'>
  readonly onOpenAnew: () => void
}): ReactNode {
  const [opened] = useState(first)
  const [sent, setSent] = useState<DeliveryItem | null>(opened.delivery)
  const [isDiscarded, setIsDiscarded] = useState(false)
  if (sent !== null) return <Sent first={sent} onGoOn={onOpenAnew} />
  if (isDiscarded) {
    return <Discarded study={study} id={opened.draft.id} onRestored={onOpenAnew} />
  }
  return (
    <WritingForm study={study} opened={opened} onSent={setSent} onDiscarded={() => setIsDiscarded(true)} />
  )
}

function Discarded({
  study,
  id,
  onRestored,
}: {
  readonly study: AppointmentKey
  readonly id: string
  readonly onRestored: () => void
}): ReactNode {
  const { go } = useNavigation()
  const restore = useAction('compose.restore')
  const client = useQueryClient()
  const announce = useAnnounce()
  return (
    <Empty icon={Undo2} title={words.compose.discarded} detail={words.compose.discardedDetail}>
      <Button
        icon={Undo2}
        autoFocus
        isBusy={restore.isPending}
        onPress={() =>
          restore.mutate(
            { ...study, id },
            {
              onSuccess: () => {
                announce.done(words.compose.restored)
                void client.invalidateQueries({ queryKey: ['compose.drafts'] })
                onRestored()
              },
              onError: announce.failed,
            },
          )
        }
      >
        {words.compose.undo}
      </Button>
      <Button icon={ArrowLeft} onPress={() => go({ view: 'study', study })}>
        {words.compose.back}
      </Button>
    </Empty>
  )
}
