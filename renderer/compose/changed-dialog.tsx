import type { ReactNode } from 'react'
import type { PatientPart, ShownPatient } from '../../shared/composed-report.ts'
import { writeDay } from '../format/dates.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { words } from '../words.ts'

/** QUBS shows another patient than the person saw: both, side by side, and nothing goes on by itself. */
export function ChangedDialog({
  shown,
  fresh,
  changed,
  onAccept,
  onClose,
}: {
  readonly shown: ShownPatient
  readonly fresh: ShownPatient
  readonly changed: readonly PatientPart[]
  readonly onAccept: () => void
  readonly onClose: () => void
}): ReactNode {
  return (
    <Dialog title={words.compose.changedTitle} onClose={onClose} isAlert>
      <p>{words.compose.changedDetail}</p>
      <table className="compose-changes">
        <thead>
          <tr>
            <td />
            <th scope="col">{words.compose.was}</th>
            <th scope="col">{words.compose.isNow}</th>
          </tr>
        </thead>
        <tbody>
          {changed.map((part) => (
            <tr key={part}>
              <th scope="row">{words.compose.changed[part]}</th>
              <td className="selectable">{valueOf(shown, part)}</td>
              <td className="selectable strong">{valueOf(fresh, part)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="dialog-foot">
        <Button onPress={onAccept}>{words.compose.acceptChange}</Button>
        <Button kind="primary" onPress={onClose}>
          {words.shell.cancel}
        </Button>
      </div>
    </Dialog>
  )
}

function valueOf(patient: ShownPatient, part: PatientPart): string {
  const value = {
    patientId: patient.patientId ?? '',
    name: [patient.patientName, patient.lastName, patient.firstName]
      .filter((one) => one !== null)
      .join(' · '),
    birthDate: writeDay(patient.dateOfBirth),
  }[part]
  return value === '' ? words.shell.unknown : value
}
