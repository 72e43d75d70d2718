import { CalendarPlus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import type { SoloPatientPreview } from '../../shared/ipc/solo-calls.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { useCall } from '../data/radpost.ts'
import { writeDay } from '../format/dates.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { UnknownOutcome } from './outcome.tsx'
import { noSlot, SlotPicker } from './slot-picker.tsx'
import { useWrite } from './use-write.ts'

/** Limits of the call `solo.book`. */
const MAX_REASONS = 20
const MAX_REASON_CHARACTERS = 500

/** Where, when and why, and what Solo is told about the patient, before anything is sent. */
export function BookingDialog({
  study,
  description,
  onClose,
  onLook,
}: {
  readonly study: AppointmentKey
  /** What was done, for the reason; null: not known. */
  readonly description: string | null
  readonly onClose: () => void
  /** Something may have changed in Solo. */
  readonly onLook: () => void
}): ReactNode {
  const book = useWrite('solo.book')
  const preview = useCall('solo.previewPatient', study)
  const announce = useAnnounce()
  const [slot, setSlot] = useState(noSlot)
  const [reasons, setReasons] = useState(
    description === null ? '' : words.solo.reasonOf({ study: description }),
  )
  const [wasAsked, setWasAsked] = useState(false)
  const [outcome, setOutcome] = useState<CallResult<'solo.book'> | null>(null)
  const lines = reasons.split('\n').flatMap((line) => line.trim() || [])
  const areReasonsRight =
    lines.length <= MAX_REASONS && lines.every((line) => line.length <= MAX_REASON_CHARACTERS)
  const look = () => {
    onLook()
    onClose()
  }
  // Not while it is under way: its outcome would be seen by nobody.
  const leave = () => {
    if (book.isUnderWay()) return
    if (outcome?.kind === 'unknown') look()
    else onClose()
  }
  const send = () => {
    setWasAsked(true)
    setOutcome(null)
    const { waitingRoom, at, durationSeconds } = slot
    if (at === null || preview.data === undefined || !areReasonsRight) return
    book.send(
      { ...study, waitingRoom, at, durationSeconds, reasons: lines, shown: preview.data },
      {
        onSuccess: (result) => {
          setOutcome(result)
          if (result.kind === 'booked' || result.kind === 'has-visit') {
            announce.done(result.kind === 'booked' ? words.solo.booked : words.solo.hasVisit)
            look()
          }
          if (result.kind === 'changed') void preview.refetch()
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <Dialog title={words.solo.bookTitle} onClose={leave} isAlert>
      {outcome?.kind === 'unknown' ? (
        <UnknownOutcome message={outcome.message} onLook={look} />
      ) : (
        <>
          <SlotPicker slot={slot} onChange={setSlot} />
          <TextField
            label={words.solo.reasons}
            hint={words.solo.reasonsHint}
            value={reasons}
            onChange={setReasons}
            lines={2}
            error={areReasonsRight ? null : words.solo.reasonTooLong}
          />
          <section className="solo-told" aria-labelledby="solo-told">
            <h3 id="solo-told">{words.solo.told}</h3>
            {preview.isError ? (
              <p role="alert">{preview.error.message}</p>
            ) : preview.data === undefined ? (
              <p role="status">{words.solo.looking}</p>
            ) : (
              <Told preview={preview.data} />
            )}
          </section>
          <p className="field-error" role="alert">
            {problemOf(outcome) ?? (wasAsked && slot.at === null ? words.solo.chooseTime : null)}
          </p>
          <div className="dialog-foot">
            <Button onPress={leave}>{words.shell.cancel}</Button>
            <Button
              kind="primary"
              icon={CalendarPlus}
              isBusy={book.isPending}
              isDisabled={preview.data === undefined}
              onPress={send}
            >
              {words.solo.bookButton}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

function problemOf(outcome: CallResult<'solo.book'> | null): string | null {
  if (outcome?.kind === 'changed') return words.solo.toldChanged
  if (outcome?.kind === 'refused') return `${words.solo.refusedAt[outcome.step]} ${outcome.message}`
  return null
}

const intros: Readonly<Record<SoloPatientPreview['kind'], string>> = {
  create: words.solo.toldCreate,
  update: words.solo.toldUpdate,
  unchanged: words.solo.toldUnchanged,
}

function Told({ preview: { kind, fields } }: { readonly preview: SoloPatientPreview }): ReactNode {
  return (
    <>
      <p className="small soft">{intros[kind]}</p>
      <Facts
        facts={fields.map(({ field, value }) => [
          words.solo.fields[field],
          field === 'birthDate' ? writeDay(value) : value,
        ])}
      />
    </>
  )
}
