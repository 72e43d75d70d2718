import { CircleCheck, CircleMinus, CircleX, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DocumentIdentity } from '../../shared/document.ts'
import type { Comparison, IdentityElement } from '../../shared/matching.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { writeDay } from '../format/dates.ts'
import { patientName } from '../format/person-name.ts'
import { Glyph, type Tone } from '../ui/button.tsx'
import { words } from '../words.ts'
import type { WeighedStudy } from './study-choice.tsx'

const looks: Readonly<Record<Comparison, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  agrees: { icon: CircleCheck, tone: 'good' },
  contradicts: { icon: CircleX, tone: 'bad' },
  'not-compared': { icon: CircleMinus, tone: 'calm' },
}

const elements: readonly IdentityElement[] = ['name', 'birthDate', 'patientId', 'sex']

/** What the document says beside what the study says, and what comes of it, in icon and words. */
export function Evidence({
  study,
  identity,
}: {
  readonly study: WeighedStudy
  readonly identity: DocumentIdentity | null
}): ReactNode {
  return (
    <table className="evidence">
      <caption>{words.needsYou.evidenceFor({ id: study.appointmentId })}</caption>
      <thead>
        <tr>
          <th scope="col">{words.needsYou.element}</th>
          <th scope="col">{words.needsYou.inDocument}</th>
          <th scope="col">{words.needsYou.inStudy}</th>
        </tr>
      </thead>
      <tbody>
        {elements.map((element) => {
          const comparison = study.evidence[element]
          const look = looks[comparison]
          return (
            <tr key={element} data-comparison={comparison}>
              <th scope="row">
                <span className="block">{words.needsYou.elements[element]}</span>
                <span className="verdict">
                  <Glyph icon={look.icon} tone={look.tone} />
                  {words.needsYou.comparisons[comparison]}
                </span>
              </th>
              <td>{inDocument(identity, element)}</td>
              <td>{inStudy(study.appointment, element)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** As printed, all of it: two different values in one document must both be seen. */
function inDocument(identity: DocumentIdentity | null, element: IdentityElement): string {
  const values = identity === null ? [] : printed(identity, element)
  return values.length === 0 ? words.needsYou.printedNone : [...new Set(values)].join(', ')
}

function printed(identity: DocumentIdentity, element: IdentityElement): readonly string[] {
  switch (element) {
    case 'patientId':
      return identity.patientIds
    case 'name':
      return identity.names
    case 'birthDate':
      return identity.birthDates.map((date) => date.printed)
    case 'sex':
      return identity.sexes
  }
}

function inStudy(appointment: PendingAppointment | null, element: IdentityElement): string {
  const value = appointment === null ? '' : ofStudy(appointment, element)
  return value === '' ? words.needsYou.printedNone : value
}

function ofStudy(appointment: PendingAppointment, element: IdentityElement): string {
  switch (element) {
    case 'patientId':
      return appointment.patientId ?? ''
    case 'name':
      return patientName(appointment)
    case 'birthDate':
      return writeDay(appointment.dateOfBirth)
    case 'sex':
      return appointment.gender ?? ''
  }
}
