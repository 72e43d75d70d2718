import type { ReactNode } from 'react'
import { Choice } from '../ui/choice.tsx'
import { words } from '../words.ts'
import { Section, useDraft, type SectionProps } from './section.tsx'

/** Defaults for what a document does not say itself (interfaces.md 2 and 5). */
export function ReportSettings({ settings, save }: SectionProps): ReactNode {
  const { reports } = settings
  const change = (part: Partial<typeof reports>) => save({ reports: { ...reports, ...part } })
  return (
    <Section title={words.settings.sections.reports}>
      <Choice
        label={words.settings.pdfStatus}
        hint={words.settings.pdfStatusHint}
        options={words.settings.pdfStatusOptions}
        value={reports.pdfStatus}
        onChange={(pdfStatus) => change({ pdfStatus })}
      />
      <Choice
        label={words.settings.unsignedSr}
        options={words.settings.unsignedSrOptions}
        value={reports.unsignedSr}
        onChange={(unsignedSr) => change({ unsignedSr })}
      />
      <Choice
        label={words.settings.finalDiffers}
        options={words.settings.finalDiffersOptions}
        value={reports.finalDiffers}
        onChange={(finalDiffers) => change({ finalDiffers })}
      />
      <Choice
        label={words.settings.accessionIs}
        options={words.settings.accessionIsOptions}
        value={reports.accessionIs}
        onChange={(accessionIs) => change({ accessionIs })}
      />
    </Section>
  )
}

/** How the patient is proved (interfaces.md 4). */
export function IdentitySettings({ settings, save }: SectionProps): ReactNode {
  const [identity, setIdentity] = useDraft(settings.identity)
  // Refused here and shown at the field, before settings.json would refuse it (interfaces.md 2).
  const isPossible = identity.elements === 2 || identity.patientIdIs === 'qubs'
  const change = (next: typeof identity) => {
    setIdentity(next)
    if (next.elements === 2 || next.patientIdIs === 'qubs') save({ identity: next })
  }
  return (
    <Section title={words.settings.sections.identity}>
      <Choice
        label={words.settings.elements}
        hint={words.settings.elementsHint}
        options={words.settings.elementsOptions}
        value={identity.elements === 3 ? '3' : '2'}
        onChange={(elements) => change({ ...identity, elements: elements === '3' ? 3 : 2 })}
        error={isPossible ? null : words.settings.elementsNeedQubs}
      />
      <Choice
        label={words.settings.patientIdIs}
        options={words.settings.patientIdIsOptions}
        value={identity.patientIdIs}
        onChange={(patientIdIs) => change({ ...identity, patientIdIs })}
      />
    </Section>
  )
}
