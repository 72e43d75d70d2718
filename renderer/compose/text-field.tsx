import type { ReactNode } from 'react'
import {
  reportTextFault,
  utf8Bytes,
  WARN_REPORT_TEXT_BYTES,
  type ReportTextFault,
} from '../../shared/composed-report.ts'
import { MAX_REPORT_TEXT_BYTES } from '../../shared/document.ts'
import { TextField } from '../ui/field.tsx'
import { words } from '../words.ts'

/** The report itself: nothing is trimmed or corrected, and its size is counted as it will be sent. */
export function ReportText({
  text,
  onChange,
  wasAsked,
}: {
  readonly text: string
  readonly onChange: (text: string) => void
  /** The person has tried to send it: only then is a blank report a mistake. */
  readonly wasAsked: boolean
}): ReactNode {
  const sizeBytes = utf8Bytes(text)
  const fault = reportTextFault(text)
  const shown = fault?.kind === 'blank' && !wasAsked ? null : fault
  const isNear = sizeBytes >= WARN_REPORT_TEXT_BYTES && sizeBytes <= MAX_REPORT_TEXT_BYTES
  return (
    <div className="compose-text">
      <TextField
        label={words.compose.text}
        value={text}
        onChange={onChange}
        lines={12}
        autoFocus
        error={shown === null ? null : faultInWords(shown)}
      />
      <p className="compose-size small">
        <span role="status">
          {isNear ? words.compose.nearLimit({ left: MAX_REPORT_TEXT_BYTES - sizeBytes }) : null}
        </span>
        <span className={isNear ? 'strong' : 'faint'}>
          {words.compose.size({ bytes: sizeBytes, limit: MAX_REPORT_TEXT_BYTES })}
        </span>
      </p>
    </div>
  )
}

export function faultInWords(fault: ReportTextFault): string {
  switch (fault.kind) {
    case 'blank':
      return words.compose.faults.blank
    case 'broken':
      return words.compose.faults.broken({ line: fault.line, column: fault.column })
    case 'too-long':
      return words.compose.faults['too-long']({ bytes: fault.sizeBytes, limit: MAX_REPORT_TEXT_BYTES })
  }
}
