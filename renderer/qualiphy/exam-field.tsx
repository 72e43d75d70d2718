import { ChevronDown, X } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components'
import type { CallResult } from '../../shared/ipc.ts'
import type { Exam } from '../../shared/qualiphy.ts'
import { Glyph, IconButton } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { words } from '../words.ts'
import type { InviteDraft } from './invite-draft.ts'

const texts = words.qualiphy

/** The exams of an invite: by name from the clinic's list, or by id where there is none. */
export function ExamField({
  list,
  draft,
  onChange,
  error,
}: {
  /** undefined: it is being read. */
  readonly list: CallResult<'qualiphy.exams'> | undefined
  readonly draft: InviteDraft
  readonly onChange: (part: Partial<InviteDraft>) => void
  readonly error: string | null
}): ReactNode {
  if (list === undefined) {
    return (
      <p className="small faint" role="status">
        {texts.examsLoading}
      </p>
    )
  }
  if (list.exams === null) {
    return (
      <>
        <p className="small soft">{texts.examsUnavailable({ reason: list.message ?? '' })}</p>
        <TextField
          label={texts.examIds}
          hint={texts.examIdsHint}
          value={draft.typedExams}
          onChange={(typedExams) => onChange({ typedExams })}
          maxLength={500}
          error={error}
        />
      </>
    )
  }
  return (
    <>
      <ExamChoice
        exams={list.exams}
        chosen={draft.exams}
        onChange={(exams) => onChange({ exams })}
        error={error}
      />
      {list.unreadable === 0 ? null : (
        <p className="small soft">{texts.examsUnreadable({ number: list.unreadable })}</p>
      )}
    </>
  )
}

function ExamChoice({
  exams,
  chosen,
  onChange,
  error,
}: {
  readonly exams: readonly Exam[]
  readonly chosen: readonly number[]
  readonly onChange: (chosen: readonly number[]) => void
  readonly error: string | null
}): ReactNode {
  return (
    <ComboBox
      className="field exam-choice"
      selectionMode="multiple"
      menuTrigger="focus"
      allowsEmptyCollection
      defaultItems={exams}
      value={[...chosen]}
      onChange={(keys) => onChange(keys.map(Number))}
      isInvalid={error !== null}
    >
      <Label className="field-label">{texts.fields.exams}</Label>
      {chosen.length === 0 ? null : (
        <ul className="chosen-exams">
          {exams
            .filter(({ id }) => chosen.includes(id))
            .map((exam) => (
              <li key={exam.id} className="chosen-exam">
                <span className="truncate">{nameOf(exam)}</span>
                <IconButton
                  icon={X}
                  size="small"
                  slot={null}
                  name={texts.removeExam({ exam: nameOf(exam) })}
                  onPress={() => onChange(chosen.filter((id) => id !== exam.id))}
                />
              </li>
            ))}
        </ul>
      )}
      <span className="exam-search">
        <Input className="input" placeholder={texts.examsHint} spellCheck="false" />
        <Button
          className="button"
          data-kind="quiet"
          data-size="small"
          data-icon-only
          aria-label={texts.openExams}
        >
          <Glyph icon={ChevronDown} />
        </Button>
      </span>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover exam-popover">
        <ListBox
          className="menu"
          renderEmptyState={() => <p className="small faint exam-none">{texts.noExamFound}</p>}
        >
          {(exam: Exam) => (
            <ListBoxItem id={exam.id} className="menu-item exam-option" textValue={nameOf(exam)}>
              <span className="truncate">{nameOf(exam)}</span>
              {(exam.rxType ?? 0) > 0 ? (
                <span className="caption soft">{texts.prescriptiveType({ type: exam.rxType ?? 0 })}</span>
              ) : null}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

/** As it is searched for: by name or by id. */
export function nameOf({ id, title }: Exam): string {
  return title === '' ? texts.exam({ id: String(id) }) : texts.examOption({ title, id: String(id) })
}
