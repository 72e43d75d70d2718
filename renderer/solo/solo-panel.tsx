import { CalendarPlus, CalendarX, CircleAlert, RefreshCw, Settings2, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import type { SoloVisitView } from '../../shared/ipc/solo-calls.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { useNowMs } from '../data/clock.ts'
import { useNavigation } from '../data/navigation.tsx'
import { writeMoment } from '../format/dates.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Fold } from '../ui/fold.tsx'
import { words } from '../words.ts'
import { AdoptForm } from './adopt-form.tsx'
import { BookingDialog } from './booking-dialog.tsx'
import { CancelDialog, RescheduleDialog } from './change-dialogs.tsx'
import { VisitStatus } from './status-line.tsx'
import { isKeyRefused, useVisit } from './use-visit.ts'
import { VisitLinks } from './visit-links.tsx'
import { VisitAttachments, VisitNote } from './visit-papers.tsx'

/** The study's video visit in Solo: whether the patient waits, the ways in, and what is done with the visit. */
export function SoloPanel({
  study,
  description,
}: {
  readonly study: AppointmentKey
  /** What was done; null: not known. */
  readonly description: string | null
}): ReactNode {
  const [isOpen, setOpen] = useState(true)
  const visit = useVisit(study)
  const look = () => void visit.refetch()
  return (
    <section className="solo" aria-label={words.solo.title}>
      <Fold title={words.solo.title} level={2} isOpen={isOpen} onChange={setOpen}>
        {visit.error === null ? null : <Failed error={visit.error} isBusy={visit.isFetching} onLook={look} />}
        {visit.data === undefined ? (
          visit.error === null ? (
            <p className="small faint" role="status">
              {words.solo.looking}
            </p>
          ) : null
        ) : (
          <>
            <Found study={study} found={visit.data} description={description} onLook={look} />
            {visit.data.isConfigured ? (
              <ReadAt atMs={visit.dataUpdatedAt} isStale={visit.error !== null} />
            ) : null}
          </>
        )}
      </Fold>
    </section>
  )
}

function Failed({
  error,
  isBusy,
  onLook,
}: {
  readonly error: Error
  readonly isBusy: boolean
  readonly onLook: () => void
}): ReactNode {
  const { go } = useNavigation()
  const isRefused = isKeyRefused(error)
  return (
    <div className="solo-failed" role="alert">
      <p>
        <Glyph icon={CircleAlert} tone="bad" /> {error.message}
      </p>
      {isRefused ? <p className="small soft">{words.solo.keyRefused}</p> : null}
      <div className="solo-acts">
        <Button size="small" icon={RefreshCw} isBusy={isBusy} onPress={onLook}>
          {words.solo.tryAgain}
        </Button>
        {isRefused ? (
          <Button size="small" icon={Settings2} onPress={() => go({ view: 'settings' })}>
            {words.solo.toSettings}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function ReadAt({ atMs, isStale }: { readonly atMs: number; readonly isStale: boolean }): ReactNode {
  const time = writeMoment(new Date(atMs).toISOString(), useNowMs())
  return (
    <p className="caption faint">
      {isStale ? words.solo.notReadSince({ time }) : words.solo.readAt({ time })}
    </p>
  )
}

type Parts = {
  readonly study: AppointmentKey
  readonly found: CallResult<'solo.visit'>
  readonly description: string | null
  readonly onLook: () => void
}

function Found({ study, found, description, onLook }: Parts): ReactNode {
  const { go } = useNavigation()
  const [isBooking, setBooking] = useState(false)
  const { isConfigured, visit, canBook, links } = found
  if (!isConfigured) {
    return (
      <>
        <p className="small soft">{words.solo.notConfigured}</p>
        <div>
          <Button size="small" icon={Settings2} onPress={() => go({ view: 'settings' })}>
            {words.solo.toSettings}
          </Button>
        </div>
      </>
    )
  }
  return (
    <>
      {visit === null ? (
        <p className="faint none">
          <Glyph icon={CalendarX} />
          {words.solo.none}
        </p>
      ) : (
        <Visit key={visit.id} study={study} visit={visit} links={links} canBook={canBook} onLook={onLook} />
      )}
      {canBook && visit?.patient !== 'contradicts' ? (
        <div>
          <Button icon={CalendarPlus} onPress={() => setBooking(true)}>
            {visit === null ? words.solo.book : words.solo.bookAnother}
          </Button>
        </div>
      ) : null}
      {visit === null ? <BookedElsewhere study={study} onLook={onLook} /> : null}
      {isBooking ? (
        <BookingDialog
          study={study}
          description={description}
          onClose={() => setBooking(false)}
          onLook={onLook}
        />
      ) : null}
    </>
  )
}

function BookedElsewhere({ study, onLook }: Pick<Parts, 'study' | 'onLook'>): ReactNode {
  const [isOpen, setOpen] = useState(false)
  return (
    <Fold title={words.solo.haveNumber} level={3} isOpen={isOpen} onChange={setOpen}>
      <AdoptForm study={study} onLook={onLook} />
    </Fold>
  )
}

function Visit({
  study,
  visit,
  links,
  canBook,
  onLook,
}: Pick<Parts, 'study' | 'onLook'> & {
  readonly visit: SoloVisitView
  readonly links: CallResult<'solo.visit'>['links']
  /** It will not take place any more. */
  readonly canBook: boolean
}): ReactNode {
  if (visit.patient === 'contradicts') {
    return (
      <p className="solo-contradiction" role="alert">
        <Glyph icon={TriangleAlert} tone="bad" />
        {words.solo.otherPatient}
      </p>
    )
  }
  return (
    <>
      {visit.id === null ? (
        <>
          <p className="small soft">{words.solo.numberMissing}</p>
          <AdoptForm study={study} onLook={onLook} />
        </>
      ) : (
        <>
          <VisitStatus status={visit.status} />
          {visit.patient === 'agrees' ? null : <p className="small soft">{words.solo.notCompared}</p>}
          <VisitFacts visit={visit} />
        </>
      )}
      {canBook ? null : <VisitLinks study={study} kinds={links} />}
      {visit.id === null ? null : (
        <VisitWork
          study={study}
          visit={visit.id}
          canChange={!canBook && visit.status?.kind !== 'completed'}
          onLook={onLook}
        />
      )}
    </>
  )
}

function VisitFacts({ visit }: { readonly visit: SoloVisitView }): ReactNode {
  const nowMs = useNowMs()
  const { at, durationSeconds, providers, reasons, id } = visit
  return (
    <Facts
      facts={[
        [words.solo.when, at === null ? null : writeMoment(at, nowMs)],
        [
          words.solo.length,
          durationSeconds === null ? null : words.solo.minutes({ minutes: Math.round(durationSeconds / 60) }),
        ],
        [words.solo.with, providers.join(', ')],
        [words.solo.reasons, reasons.join(', ')],
        [words.solo.number, id],
      ]}
    />
  )
}

type Opened = 'reschedule' | 'cancel' | null

function VisitWork({
  study,
  visit,
  canChange,
  onLook,
}: Pick<Parts, 'study' | 'onLook'> & {
  readonly visit: string
  readonly canChange: boolean
}): ReactNode {
  const [opened, setOpened] = useState<Opened>(null)
  const [isNoteOpen, setNoteOpen] = useState(false)
  const [areAttachmentsOpen, setAttachmentsOpen] = useState(false)
  const dialog = { study, visit, onLook, onClose: () => setOpened(null) }
  return (
    <>
      {canChange ? (
        <div className="solo-acts">
          <Button size="small" onPress={() => setOpened('reschedule')}>
            {words.solo.reschedule}
          </Button>
          <Button size="small" kind="danger" onPress={() => setOpened('cancel')}>
            {words.solo.cancel}
          </Button>
        </div>
      ) : null}
      <Fold title={words.solo.note} level={3} isOpen={isNoteOpen} onChange={setNoteOpen}>
        {isNoteOpen ? <VisitNote study={study} visit={visit} /> : null}
      </Fold>
      <Fold
        title={words.solo.attachments}
        level={3}
        isOpen={areAttachmentsOpen}
        onChange={setAttachmentsOpen}
      >
        {areAttachmentsOpen ? <VisitAttachments study={study} visit={visit} /> : null}
      </Fold>
      {opened === 'reschedule' ? <RescheduleDialog {...dialog} /> : null}
      {opened === 'cancel' ? <CancelDialog {...dialog} /> : null}
    </>
  )
}
