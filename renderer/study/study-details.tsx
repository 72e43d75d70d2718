import type { ReactNode } from 'react'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { useNowMs } from '../data/clock.ts'
import { useCall } from '../data/radpost.ts'
import { writeClock, writeDay } from '../format/dates.ts'
import { Facts } from '../ui/facts.tsx'
import { words } from '../words.ts'
import { Due } from '../worklist/due.tsx'

/** What was done, where and when, and until when the report is due. Times are the site's own. */
export function StudyDetails({ appointment }: { readonly appointment: PendingAppointment }): ReactNode {
  const nowMs = useNowMs()
  const worklist = useCall('worklist.get', {})
  const zone = worklist.data?.siteZones?.find(
    (site) => site.domain === appointment.domain && site.scheduledSite === appointment.scheduledSite,
  )
  const from = writeClock(appointment.startTime)
  const until = writeClock(appointment.endTime)
  const time = from !== '' && until !== '' ? words.study.times({ from, until }) : from
  const when = [writeDay(appointment.appointmentDate), time].filter((part) => part !== '').join(', ')
  const labels = words.study
  return (
    <section aria-labelledby="study-details">
      <h2 id="study-details">{labels.details}</h2>
      <div className="study-what">
        {appointment.modality === null ? null : <span className="modality">{appointment.modality}</span>}
        <span className="strong selectable">{appointment.studyDescription ?? ''}</span>
      </div>
      <div className="study-due">
        <span className="faint small">{labels.due}</span>
        <Due neededBy={appointment.reportNeededBy} nowMs={nowMs} timeZone={zone?.timeZone} />
      </div>
      <Facts
        facts={[
          [labels.appointment, appointment.appointmentId],
          [labels.priority, appointment.priority],
          [labels.date, when],
          [labels.site, appointment.scheduledSite],
          [labels.doctor, appointment.doctorName],
          [labels.clinic, appointment.clinicName],
          [labels.practice, appointment.domain],
          [labels.status, appointment.status],
          [labels.studyUid, appointment.studyInstanceUid],
        ]}
      />
    </section>
  )
}
