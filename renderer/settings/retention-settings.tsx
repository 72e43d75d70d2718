import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { words } from '../words.ts'
import { Section, useDraft, type SectionProps } from './section.tsx'
import { isWholeNumber } from './whole-number.ts'

/** Limits of `retention` (interfaces.md 2, shared/settings.ts), in days. */
const MAX_SPOOL_DAYS = 365
const MIN_AUDIT_DAYS = 1

/** How long Radpost keeps copies and the audit trail. */
export function RetentionSettings({ settings, save }: SectionProps): ReactNode {
  const [draft, setDraft, isChanged] = useDraft({
    spoolDays: String(settings.retention.spoolDays),
    auditDays: String(settings.retention.auditDays),
  })
  const isSpoolRight = isWholeNumber(draft.spoolDays, 0, MAX_SPOOL_DAYS)
  const isAuditRight = isWholeNumber(draft.auditDays, MIN_AUDIT_DAYS, Number.MAX_SAFE_INTEGER)
  return (
    <Section title={words.about.retention} isUnsaved={isChanged}>
      <TextField
        label={words.about.spoolDays}
        hint={words.about.spoolDaysHint}
        value={draft.spoolDays}
        onChange={(spoolDays) => setDraft({ ...draft, spoolDays })}
        error={isSpoolRight ? null : words.about.spoolDaysInvalid}
      />
      <TextField
        label={words.about.auditDays}
        hint={words.about.auditDaysHint}
        value={draft.auditDays}
        onChange={(auditDays) => setDraft({ ...draft, auditDays })}
        error={isAuditRight ? null : words.about.auditDaysInvalid}
      />
      <div>
        <Button
          isDisabled={!isSpoolRight || !isAuditRight || !isChanged}
          onPress={() =>
            save({ retention: { spoolDays: Number(draft.spoolDays), auditDays: Number(draft.auditDays) } })
          }
        >
          {words.settings.save}
        </Button>
      </div>
    </Section>
  )
}
