import { ChevronRight } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button as AriaButton, Disclosure, DisclosurePanel, Form, Heading } from 'react-aria-components'
import { Button, Glyph } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { words } from '../words.ts'
import { practiceErrors, type PracticeDraft } from './practice-check.ts'

/** Which practice, and, for the few that need it, at which addresses. */
export function PracticeStep({
  practice,
  onChange,
  onNext,
}: {
  readonly practice: PracticeDraft
  readonly onChange: (practice: PracticeDraft) => void
  readonly onNext: () => void
}): ReactNode {
  const [wasAsked, setWasAsked] = useState(false)
  const errors = practiceErrors(practice)
  const areAddressesWrong = errors.baseUrl !== null || errors.tokenUrl !== null
  const [isOpen, setIsOpen] = useState(areAddressesWrong)
  const next = () => {
    setWasAsked(true)
    if (areAddressesWrong) setIsOpen(true)
    if (errors.domain === null && !areAddressesWrong) onNext()
  }
  return (
    <Form
      className="step"
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault()
        next()
      }}
    >
      <h2>{words.firstRun.practiceTitle}</h2>
      <p className="soft small">{words.firstRun.practiceDetail}</p>
      <TextField
        label={words.firstRun.domain}
        hint={words.firstRun.domainHint}
        value={practice.domain}
        onChange={(domain) => onChange({ ...practice, domain })}
        maxLength={200}
        autoFocus
        error={wasAsked ? errors.domain : null}
      />
      <TextField
        label={words.firstRun.name}
        hint={words.firstRun.nameHint}
        value={practice.name}
        onChange={(name) => onChange({ ...practice, name })}
        maxLength={200}
      />
      <Disclosure className="disclosure" isExpanded={isOpen} onExpandedChange={setIsOpen}>
        <Heading level={3}>
          <AriaButton slot="trigger" className="disclosure-button">
            <Glyph icon={ChevronRight} />
            {words.firstRun.addresses}
          </AriaButton>
        </Heading>
        <DisclosurePanel className="disclosure-panel">
          <p className="small faint">{words.firstRun.addressesHint}</p>
          <TextField
            label={words.firstRun.baseUrl}
            value={practice.baseUrl}
            onChange={(baseUrl) => onChange({ ...practice, baseUrl })}
            maxLength={2_000}
            error={errors.baseUrl}
          />
          <TextField
            label={words.firstRun.tokenUrl}
            value={practice.tokenUrl}
            onChange={(tokenUrl) => onChange({ ...practice, tokenUrl })}
            maxLength={2_000}
            error={errors.tokenUrl}
          />
        </DisclosurePanel>
      </Disclosure>
      <div className="step-foot">
        <Button kind="primary" type="submit">
          {words.firstRun.next}
        </Button>
      </div>
    </Form>
  )
}
