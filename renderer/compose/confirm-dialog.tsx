import { Send } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { utf8Bytes } from '../../shared/composed-report.ts'
import type { ReportStatus, VersionProblem } from '../../shared/delivery.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { usePerson } from '../data/person.tsx'
import { writeDay } from '../format/dates.ts'
import { patientName } from '../format/person-name.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextField } from '../ui/field.tsx'
import { words } from '../words.ts'
import type { Attachments, Content } from './draft-keeper.ts'

export type Confirmed = { readonly by: string; readonly release: VersionProblem | null }

/**
 * What is about to be sent, as QUBS showed it a moment ago. A final report, and one that replaces another, go only
 * after a box has been ticked: Enter alone sends nothing.
 */
export function ConfirmDialog({
  appointment,
  content,
  attachments,
  releases,
  isBusy,
  onConfirm,
  onClose,
}: {
  readonly appointment: PendingAppointment
  readonly content: Content
  readonly attachments: Attachments
  readonly releases: VersionProblem | null
  readonly isBusy: boolean
  readonly onConfirm: (confirmed: Confirmed) => void
  readonly onClose: () => void
}): ReactNode {
  const person = usePerson()
  const [by, setBy] = useState(person.name === '' ? content.clinician.name : person.name)
  const [isCompared, setIsCompared] = useState(false)
  const [isReleased, setIsReleased] = useState(false)
  const [wasAsked, setWasAsked] = useState(false)
  const isFinal = content.status === 'final'
  const isTicked = (isCompared || !isFinal) && (isReleased || releases === null)
  const confirm = () => {
    setWasAsked(true)
    if (by.trim() === '' || !isTicked) return
    person.setName(by.trim())
    onConfirm({ by: by.trim(), release: releases })
  }
  return (
    <Dialog
      title={isFinal ? words.compose.confirmFinal : words.compose.confirmPreliminary}
      onClose={onClose}
      isAlert
    >
      <Facts facts={factsOf(appointment, content.status, content.text, attachments)} />
      {releases === null ? null : (
        <Checkbox label={words.compose.releases[releases]} isSelected={isReleased} onChange={setIsReleased} />
      )}
      {isFinal ? (
        <Checkbox label={words.compose.compared} isSelected={isCompared} onChange={setIsCompared} />
      ) : null}
      <p className="field-error" role="alert">
        {wasAsked && !isTicked ? words.compose.tickFirst : null}
      </p>
      <TextField
        label={words.compose.by}
        hint={words.compose.byHint}
        value={by}
        onChange={setBy}
        maxLength={200}
        error={wasAsked && by.trim() === '' ? words.compose.byNeeded : null}
      />
      <div className="dialog-foot">
        <Button onPress={onClose}>{words.shell.cancel}</Button>
        <Button kind="primary" icon={Send} isBusy={isBusy} onPress={confirm}>
          {isFinal ? words.compose.sendFinal : words.compose.sendPreliminary}
        </Button>
      </div>
    </Dialog>
  )
}

function factsOf(
  appointment: PendingAppointment,
  status: ReportStatus,
  text: string,
  attachments: Attachments,
): readonly (readonly [string, string])[] {
  const { facts } = words.compose
  const name = patientName(appointment)
  const born = writeDay(appointment.dateOfBirth)
  const study = [appointment.modality, appointment.studyDescription].filter((part) => part !== null)
  return [
    [facts.patient, name === '' ? words.shell.unknown : name],
    [facts.born, born === '' ? words.shell.unknown : born],
    [facts.patientId, appointment.patientId ?? words.shell.unknown],
    [facts.study, study.length === 0 ? words.shell.unknown : study.join(' · ')],
    [facts.appointment, appointment.appointmentId],
    [facts.practice, appointment.domain],
    [facts.status, words.deliveries.reportStatuses[status]],
    [facts.size, words.compose.length({ lines: text.split('\n').length, bytes: utf8Bytes(text) })],
    [
      facts.files,
      attachments.length === 0 ? words.compose.noFiles : attachments.map(({ label }) => label).join(', '),
    ],
  ]
}
