import type { ReactNode } from 'react'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { useNowMs } from '../data/clock.ts'
import { ageInYears, writeDay } from '../format/dates.ts'
import { patientName } from '../format/person-name.ts'
import { words } from '../words.ts'

/** Name, birth date and patient id together: never fewer than two identifiers in sight. */
export function PatientHeading({ appointment }: { readonly appointment: PendingAppointment }): ReactNode {
  const nowMs = useNowMs()
  const name = patientName(appointment)
  const age = ageInYears(appointment.dateOfBirth, nowMs)
  const born = writeDay(appointment.dateOfBirth)
  return (
    <>
      <h1 className="truncate selectable">{name === '' ? words.study.noName : name}</h1>
      <p className="view-sub patient-line selectable">
        <span>
          <span className="faint">{words.study.born}</span>
          <strong>{born === '' ? words.shell.unknown : born}</strong>
          {age === null ? null : <span className="faint">{words.study.age({ years: age })}</span>}
        </span>
        <span>
          <span className="faint">{words.study.patientId}</span>
          <strong className="mono">{appointment.patientId ?? words.shell.unknown}</strong>
        </span>
        {appointment.gender === null ? null : (
          <span>
            <span className="faint">{words.study.sex}</span>
            <strong>{appointment.gender}</strong>
          </span>
        )}
      </p>
    </>
  )
}
