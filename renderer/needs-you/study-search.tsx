import { useState, type ReactNode } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { CallResult } from '../../shared/ipc.ts'
import { firstSort } from '../../shared/preferences.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { writeDay } from '../format/dates.ts'
import { patientName } from '../format/person-name.ts'
import { SearchField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { sortRows } from '../worklist/order.ts'
import { matchesWords, rowId, searchWords, studyRow } from '../worklist/study-row.ts'

/** As many as fit without hiding the form below; a longer list is narrowed by another word. */
const MAX_RESULTS = 6

/** Any pending study, by name, id or doctor; the one taken is weighed against the document at once. */
export function StudySearch({
  id,
  onFound,
}: {
  readonly id: string
  readonly onFound: (study: CallResult<'held.weigh'>) => void
}): ReactNode {
  const [search, setSearch] = useState('')
  const worklist = useCall('worklist.get', {})
  const weigh = useAction('held.weigh')
  const announce = useAnnounce()
  const searched = searchWords(search)
  const results: readonly PendingAppointment[] =
    searched.length === 0
      ? []
      : sortRows(
          (worklist.data?.appointments ?? []).map(studyRow).filter((row) => matchesWords(row, searched)),
          firstSort,
        )
          .slice(0, MAX_RESULTS)
          .map((row) => row.appointment)
  const take = (taken: PendingAppointment | undefined) => {
    if (taken === undefined) return
    weigh.mutate(
      { id, domain: taken.domain, appointmentId: taken.appointmentId },
      {
        onSuccess: (study) => {
          setSearch('')
          onFound(study)
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <div className="study-search">
      <SearchField
        label={words.needsYou.otherStudy}
        placeholder={words.needsYou.otherStudyHint}
        value={search}
        onChange={setSearch}
        onSubmit={() => take(results[0])}
      />
      {search.trim() === '' ? null : (
        <ListBox
          className="study-results"
          aria-label={words.needsYou.otherResults}
          items={results.map((appointment) => ({ id: rowId(appointment), appointment }))}
          onAction={(key) => take(results.find((appointment) => rowId(appointment) === key))}
          renderEmptyState={() => <p className="small faint">{words.worklist.nothingFound}</p>}
        >
          {({ appointment }) => (
            <ListBoxItem className="study-result" textValue={patientName(appointment)}>
              <span className="strong truncate">{patientName(appointment)}</span>
              <span className="second-line truncate">
                {[
                  writeDay(appointment.dateOfBirth),
                  appointment.modality,
                  appointment.studyDescription,
                  appointment.appointmentId,
                ]
                  .filter((part) => part !== null && part !== '')
                  .join(' · ')}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      )}
    </div>
  )
}
