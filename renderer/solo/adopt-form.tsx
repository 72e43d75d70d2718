import { useState, type ReactNode } from 'react'
import { Form } from 'react-aria-components'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { useWrite } from './use-write.ts'

/** Solo's number of a visit that was booked elsewhere, as a person reads it there. */
export function AdoptForm({
  study,
  onLook,
}: {
  readonly study: AppointmentKey
  readonly onLook: () => void
}): ReactNode {
  const adopt = useWrite('solo.adopt')
  const announce = useAnnounce()
  const [typed, setTyped] = useState('')
  const [wasAsked, setWasAsked] = useState(false)
  const isRight = /^[1-9]\d{0,14}$/.test(typed.trim())
  const send = () => {
    setWasAsked(true)
    if (!isRight) return
    adopt.send(
      { ...study, visit: typed.trim() },
      {
        onSuccess: () => {
          announce.done(words.solo.adopted)
          onLook()
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <Form
      className="adopt"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextField
        label={words.solo.adopt}
        hint={words.solo.adoptHint}
        value={typed}
        onChange={setTyped}
        maxLength={20}
        error={wasAsked && !isRight ? words.solo.adoptInvalid : null}
      />
      <div>
        <Button size="small" type="submit" isBusy={adopt.isPending}>
          {words.solo.adoptButton}
        </Button>
      </div>
    </Form>
  )
}
