import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { words } from '../words.ts'
import { Section, useDraft, type SectionProps } from './section.tsx'

/** Who signs reports that are written in Radpost. */
export function ClinicianSettings({ settings, save }: SectionProps): ReactNode {
  const [clinician, setClinician, isChanged] = useDraft(settings.clinician)
  const email = clinician.email.trim()
  const isEmailRight = email === '' || /^[^\s@]+@[^\s@]+$/.test(email)
  return (
    <Section title={words.settings.sections.clinician} isUnsaved={isChanged}>
      <p className="small faint">{words.settings.clinicianHint}</p>
      <div className="field-row">
        <TextField
          label={words.settings.clinicianName}
          value={clinician.name}
          onChange={(name) => setClinician({ ...clinician, name })}
        />
        <TextField
          label={words.settings.providerNumber}
          value={clinician.providerNumber}
          onChange={(providerNumber) => setClinician({ ...clinician, providerNumber })}
        />
      </div>
      <TextField
        label={words.settings.email}
        value={clinician.email}
        onChange={(typed) => setClinician({ ...clinician, email: typed })}
        error={isEmailRight ? null : words.settings.emailInvalid}
      />
      <div>
        <Button
          isDisabled={!isEmailRight || !isChanged}
          onPress={() =>
            save({
              clinician: {
                name: clinician.name.trim(),
                providerNumber: clinician.providerNumber.trim(),
                email,
              },
            })
          }
        >
          {words.settings.save}
        </Button>
      </div>
    </Section>
  )
}
