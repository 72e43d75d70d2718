import { CalendarClock } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { words } from '../words.ts'
import { useEnding } from './ending.tsx'
import { noSlot, SlotPicker } from './slot-picker.tsx'
import { useWrite } from './use-write.ts'

type DialogProps = {
  readonly study: AppointmentKey
  /** Solo's number. */
  readonly visit: string
  readonly onClose: () => void
  /** Something may have changed in Solo. */
  readonly onLook: () => void
}

/** Moves a visit to another free time. */
export function RescheduleDialog({ study, visit, onClose, onLook }: DialogProps): ReactNode {
  const move = useWrite('solo.reschedule')
  const ending = useEnding(words.solo.rescheduled, move.isUnderWay, { onClose, onLook })
  const [slot, setSlot] = useState(noSlot)
  const [wasAsked, setWasAsked] = useState(false)
  const { at, durationSeconds } = slot
  const send = () => {
    setWasAsked(true)
    if (at !== null) move.send({ ...study, visit, at, durationSeconds }, ending.ended)
  }
  return (
    <Dialog title={words.solo.rescheduleTitle} onClose={ending.leave} isAlert>
      {ending.unknown ?? (
        <>
          <SlotPicker slot={slot} onChange={setSlot} hint={words.solo.rescheduleRoomHint} />
          <p className="field-error" role="alert">
            {ending.problem ?? (wasAsked && at === null ? words.solo.chooseTime : null)}
          </p>
          <div className="dialog-foot">
            <Button onPress={ending.leave}>{words.shell.cancel}</Button>
            <Button kind="primary" icon={CalendarClock} isBusy={move.isPending} onPress={send}>
              {words.solo.rescheduleButton}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

/** Cancels a visit, which ends the patient's link. */
export function CancelDialog({ study, visit, onClose, onLook }: DialogProps): ReactNode {
  const cancel = useWrite('solo.cancel')
  const ending = useEnding(words.solo.cancelled, cancel.isUnderWay, { onClose, onLook })
  return (
    <Dialog title={words.solo.cancelTitle} onClose={ending.leave} isAlert>
      {ending.unknown ?? (
        <>
          <p>{words.solo.cancelDetail}</p>
          <p className="field-error" role="alert">
            {ending.problem}
          </p>
          <div className="dialog-foot">
            <Button onPress={ending.leave}>{words.solo.keep}</Button>
            <Button
              kind="danger-primary"
              isBusy={cancel.isPending}
              onPress={() => cancel.send({ ...study, visit }, ending.ended)}
            >
              {words.solo.cancelButton}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}
