import { CalendarX, ChevronLeft, ChevronRight } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useNowMs } from '../data/clock.ts'
import { useCall } from '../data/radpost.ts'
import { dayIn } from '../format/dates.ts'
import { Picker } from '../schedule/picker.tsx'
import { dayAfter } from '../schedule/times.ts'
import { Glyph, IconButton } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { words } from '../words.ts'

/** Where, when and how long; `at` null: not chosen yet. */
export type Slot = {
  readonly waitingRoom: string
  /** UTC ISO 8601. */
  readonly at: string | null
  /** null: as the waiting room has it. */
  readonly durationSeconds: number | null
}

export const noSlot: Slot = { waitingRoom: '', at: null, durationSeconds: null }

const MINUTE_SECONDS = 60
const lengths = [10, 15, 20, 30, 45, 60, 90].map((minutes) => minutes * MINUTE_SECONDS)

/** A free time of a waiting room, day by day, on the viewer's clock. */
export function SlotPicker({
  slot,
  onChange,
  hint,
}: {
  readonly slot: Slot
  readonly onChange: (slot: Slot) => void
  readonly hint?: string
}): ReactNode {
  const rooms = useCall('solo.waitingRooms', {})
  if (rooms.isError) return <p role="alert">{rooms.error.message}</p>
  if (rooms.data === undefined) return <p role="status">{words.solo.looking}</p>
  if (rooms.data.rooms.length === 0) return <p>{words.solo.noRooms}</p>
  const chooseRoom = (waitingRoom: string) => onChange({ ...slot, waitingRoom, at: null })
  return (
    <>
      <div className="slot-fields">
        <Picker
          label={words.solo.waitingRoom}
          value={slot.waitingRoom}
          options={[
            ['', words.solo.chooseRoom],
            ...rooms.data.rooms.map(({ name, service }): readonly [string, string] => [
              name,
              service === '' ? name : words.solo.roomOption({ name, service }),
            ]),
          ]}
          onChange={chooseRoom}
        />
        <Picker
          label={words.solo.length}
          value={String(slot.durationSeconds ?? '')}
          options={[
            ['', words.solo.lengthOwn],
            ...lengths.map((seconds): readonly [string, string] => [
              String(seconds),
              words.solo.minutes({ minutes: seconds / MINUTE_SECONDS }),
            ]),
          ]}
          onChange={(chosen) =>
            onChange({ ...slot, at: null, durationSeconds: chosen === '' ? null : Number(chosen) })
          }
        />
      </div>
      {hint === undefined ? null : <p className="field-hint">{hint}</p>}
      {slot.waitingRoom === '' ? null : (
        <Times slot={slot} waitingRoom={slot.waitingRoom} onChoose={(at) => onChange({ ...slot, at })} />
      )}
    </>
  )
}

function Times({
  slot: { at, durationSeconds },
  waitingRoom,
  onChoose,
}: {
  readonly slot: Slot
  readonly waitingRoom: string
  readonly onChoose: (at: string | null) => void
}): ReactNode {
  const nowMs = useNowMs()
  const today = dayIn(new Date(nowMs), undefined)
  const [day, setDay] = useState(today)
  const goTo = (next: string) => {
    setDay(next < today ? today : next)
    onChoose(null)
  }
  // Read again for another day only, so the clock does not take the list from under the pointer.
  const slots = useCall('solo.slots', {
    waitingRoom,
    after: new Date(`${day}T00:00:00`).toISOString(),
    before: new Date(`${dayAfter(day, 1)}T00:00:00`).toISOString(),
    durationSeconds,
  })
  const free = (slots.data?.slots ?? []).filter((one) => Date.parse(one.at) > nowMs)
  return (
    <>
      <div className="slot-day" role="group" aria-label={words.solo.day}>
        <IconButton
          icon={ChevronLeft}
          name={words.solo.previousDay}
          isDisabled={day <= today}
          onPress={() => goTo(dayAfter(day, -1))}
        />
        <input
          type="date"
          className="input"
          aria-label={words.solo.day}
          value={day}
          min={today}
          required
          onChange={(event) => {
            if (event.target.value !== '') goTo(event.target.value)
          }}
        />
        <IconButton icon={ChevronRight} name={words.solo.nextDay} onPress={() => goTo(dayAfter(day, 1))} />
      </div>
      {slots.isError ? (
        <p role="alert">{slots.error.message}</p>
      ) : slots.data === undefined ? (
        <p role="status">{words.solo.looking}</p>
      ) : free.length === 0 ? (
        <p className="faint none" role="status">
          <Glyph icon={CalendarX} />
          {words.solo.noSlots}
        </p>
      ) : (
        <div className="slot-times">
          <Choice
            label={words.solo.time}
            options={Object.fromEntries(free.map((one) => [one.at, timeOfDay(one.at)]))}
            value={at}
            onChange={onChoose}
          />
        </div>
      )}
    </>
  )
}

function timeOfDay(at: string): string {
  return new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}
