import { ArrowLeft, ChevronLeft, ChevronRight, FileX, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { sameAppointment } from '../../shared/worklist.ts'
import { WriteReport } from '../compose/drafts.tsx'
import { useNavigation } from '../data/navigation.tsx'
import { useCall } from '../data/radpost.ts'
import { useShortcuts } from '../data/shortcuts.ts'
import { QualiphyPanel } from '../qualiphy/qualiphy-panel.tsx'
import { useWorklistDesk } from '../data/worklist-desk.tsx'
import { SoloPanel } from '../solo/solo-panel.tsx'
import { WaitingBanner } from '../solo/waiting-banner.tsx'
import { Glyph, IconButton, Key } from '../ui/button.tsx'
import { Loading, LoadFailed } from '../ui/empty.tsx'
import { words } from '../words.ts'
import { AddComment } from './add-comment.tsx'
import { Alerts, Comments } from './comments.tsx'
import { Attachments } from './attachments.tsx'
import { PatientHeading } from './patient-heading.tsx'
import { SentReports } from './sent-reports.tsx'
import { StudyDetails } from './study-details.tsx'

/** One study: who it is stays in sight, alerts come first, and the next study is one key away. */
export function Study({ study }: { readonly study: AppointmentKey }): ReactNode {
  const { go } = useNavigation()
  const { shown } = useWorklistDesk()
  const detail = useCall('study.get', study)
  const position = shown.findIndex((other) => sameAppointment(other, study))
  const previous = position > 0 ? shown[position - 1] : undefined
  const next = position >= 0 ? shown[position + 1] : undefined
  const open = (other: AppointmentKey | undefined) => {
    if (other === undefined) return
    go({ view: 'study', study: { domain: other.domain, appointmentId: other.appointmentId } })
  }
  const back = () => go({ view: 'worklist' })
  useShortcuts({ j: () => open(next), k: () => open(previous), Escape: back })
  return (
    <>
      <header className="view-head study-head">
        <IconButton icon={ArrowLeft} name={words.study.back} onPress={back} />
        <div className="view-title">
          {detail.data === undefined ? null : <PatientHeading appointment={detail.data.appointment} />}
        </div>
        <WriteReport study={study} />
        <div className="study-moves">
          <span className="keys faint caption">
            <Key>k</Key>
            <Key>j</Key>
          </span>
          <IconButton
            icon={ChevronLeft}
            name={words.study.previous}
            isDisabled={previous === undefined}
            onPress={() => open(previous)}
          />
          {position < 0 ? null : (
            <span className="small soft">
              {words.study.position({ number: position + 1, total: shown.length })}
            </span>
          )}
          <IconButton
            icon={ChevronRight}
            name={words.study.next}
            isDisabled={next === undefined}
            onPress={() => open(next)}
          />
        </div>
      </header>
      {detail.isError ? (
        <LoadFailed error={detail.error} onRetry={() => void detail.refetch()} />
      ) : detail.data === undefined ? (
        <Loading />
      ) : (
        <StudyBody study={detail.data} />
      )}
    </>
  )
}

function StudyBody({ study }: { readonly study: CallResult<'study.get'> }): ReactNode {
  const { appointment } = study
  const key = { domain: appointment.domain, appointmentId: appointment.appointmentId }
  const text = appointment.clinicalInfo?.trim() ?? ''
  return (
    <div className="study-body">
      {study.pending ? null : (
        <p className="banner" data-tone="warn">
          <Glyph icon={FileX} />
          {words.study.notPending}
        </p>
      )}
      <WaitingBanner study={key} />
      <div className="study-columns">
        <div className="study-main">
          <Alerts comments={study.comments} />
          <section aria-labelledby="clinical-information">
            <h2 id="clinical-information">{words.study.clinicalInfo}</h2>
            {text === '' ? (
              <p className="faint none">
                <Glyph icon={Info} />
                {words.study.noClinicalInfo}
              </p>
            ) : (
              <p className="prose clinical">{text}</p>
            )}
          </section>
          <Attachments study={key} attachments={study.attachments} />
          <Comments comments={study.comments} />
          <AddComment study={key} />
        </div>
        <div className="study-side">
          <StudyDetails appointment={appointment} />
          <SentReports deliveries={study.deliveries} />
          <SoloPanel study={key} description={appointment.studyDescription} />
          <QualiphyPanel appointment={appointment} isPending={study.pending} />
        </div>
      </div>
    </div>
  )
}
