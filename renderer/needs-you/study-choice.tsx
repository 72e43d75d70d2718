import { useState, type ReactNode } from 'react'
import { FieldError, Label, Radio, RadioGroup } from 'react-aria-components'
import { BadgeCheck, CircleHelp, CircleX } from 'lucide-react'
import type { CallResult } from '../../shared/ipc.ts'
import { sameAppointment, type AppointmentKey } from '../../shared/worklist.ts'
import { writeDay } from '../format/dates.ts'
import { patientName } from '../format/person-name.ts'
import { Badge } from '../ui/badge.tsx'
import { words } from '../words.ts'
import { rowId } from '../worklist/study-row.ts'
import { Evidence } from './evidence.tsx'
import { StudySearch } from './study-search.tsx'

/** A study with its evidence; the appointment is missing when it is no longer pending. */
export type WeighedStudy = CallResult<'held.detail'>['candidates'][number]

/** The candidates, any study that the person searches for, and the evidence of the one that is chosen. */
export function StudyChoice({
  detail,
  chosen,
  onChoose,
  error,
}: {
  readonly detail: CallResult<'held.detail'>
  readonly chosen: AppointmentKey | null
  readonly onChoose: (study: WeighedStudy) => void
  readonly error: string | null
}): ReactNode {
  const [found, setFound] = useState<readonly WeighedStudy[]>([])
  const offered = [
    ...detail.candidates,
    ...found.filter((study) => !detail.candidates.some((candidate) => sameAppointment(candidate, study))),
  ]
  const selected =
    chosen === null ? undefined : offered.find((candidate) => sameAppointment(candidate, chosen))
  return (
    <div className="study-choice">
      <RadioGroup
        className="field"
        isInvalid={error !== null}
        value={chosen === null ? null : rowId(chosen)}
        onChange={(id) => {
          const study = offered.find((candidate) => rowId(candidate) === id)
          if (study !== undefined) onChoose(study)
        }}
      >
        <Label className="field-label">{words.needsYou.candidates}</Label>
        {offered.length === 0 ? <p className="small faint">{words.needsYou.noCandidates}</p> : null}
        {offered.map((candidate) => (
          <StudyCard key={rowId(candidate)} study={candidate} />
        ))}
        <FieldError className="field-error">{error}</FieldError>
      </RadioGroup>
      <StudySearch
        id={detail.item.id}
        onFound={(study) => {
          setFound((present) => [...present.filter((other) => !sameAppointment(other, study)), study])
          onChoose(study)
        }}
      />
      {selected === undefined ? null : <Evidence study={selected} identity={detail.identity} />}
    </div>
  )
}

const verdicts = {
  verified: { tone: 'good', icon: BadgeCheck },
  mismatch: { tone: 'bad', icon: CircleX },
  unverified: { tone: 'warn', icon: CircleHelp },
} as const

function StudyCard({ study }: { readonly study: WeighedStudy }): ReactNode {
  const { appointment, locators, identity } = study
  const verdict = verdicts[identity]
  const ways = locators.map((locator) => words.needsYou.locators[locator]).join(', ')
  return (
    <Radio value={rowId(study)} className="radio study-card">
      <span className="dot" />
      <span className="two-lines">
        <span className="strong truncate">
          {appointment === null ? words.needsYou.notPendingAnyMore : patientName(appointment)}
        </span>
        {appointment === null ? null : (
          <span className="small truncate">
            {[writeDay(appointment.dateOfBirth), appointment.modality, appointment.studyDescription]
              .filter((part) => part !== null && part !== '')
              .join(' · ')}
          </span>
        )}
        <span className="second-line truncate">
          <span className="mono">{study.appointmentId}</span> ·{' '}
          {ways === '' ? words.needsYou.notNamed : words.needsYou.namedBy({ ways })}
        </span>
        <span>
          <Badge tone={verdict.tone} icon={verdict.icon}>
            {words.needsYou.identity[identity]}
          </Badge>
        </span>
      </span>
    </Radio>
  )
}
