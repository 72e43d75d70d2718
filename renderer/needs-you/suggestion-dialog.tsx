import { Plus } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import { MAX_TEMPLATES, siteTemplate, templateFields } from '../../shared/site-templates.ts'
import { useAction, useCall } from '../data/radpost.ts'
import { FoundBy } from '../settings/template-try.tsx'
import { templateErrors, typedTemplate } from '../settings/template-check.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextField } from '../ui/field.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

export type Suggestion = NonNullable<CallResult<'held.resolve'>['suggestedTemplate']>

/** What a person's choice could teach; it is saved only when the person says so (docs/adr/0012). */
export function SuggestionDialog({
  suggestion,
  onClose,
}: {
  readonly suggestion: Suggestion
  readonly onClose: () => void
}): ReactNode {
  const settings = useCall('settings.get', {})
  const save = useAction('settings.save')
  const client = useQueryClient()
  const announce = useAnnounce()
  const reports = settings.data?.reports
  const templates = reports?.templates ?? []
  const [typedName, setTypedName] = useState<string | null>(null)
  const name = typedName ?? words.templates.suggestionName({ number: templates.length + 1 })
  const { template, found } = suggestion
  const errors = templateErrors(
    { ...typedTemplate(template), name },
    templates.map((other) => other.name),
  )
  const isFull = templates.length >= MAX_TEMPLATES
  const accept = () => {
    if (reports === undefined || errors.name !== undefined) return
    const accepted = siteTemplate.parse({ ...template, name })
    save.mutate(
      { reports: { ...reports, templates: [...templates, accepted] } },
      {
        onSuccess: (saved) => {
          client.setQueryData(['settings.get', {}], saved)
          announce.done(words.templates.saved)
          onClose()
        },
        onError: announce.failed,
      },
    )
  }
  return (
    <Dialog title={words.templates.suggestionTitle} onClose={onClose}>
      <p>{words.templates.suggestionDetail}</p>
      <section aria-label={words.templates.suggestionLabels}>
        <h3 className="field-label">{words.templates.suggestionLabels}</h3>
        <Facts
          facts={templateFields.map(
            (field) => [words.templates.fields[field], template.fields[field] ?? null] as const,
          )}
        />
      </section>
      <FoundBy title={words.templates.suggestionFound} identity={found} none={words.templates.nothingMore} />
      <TextField
        label={words.templates.name}
        hint={words.templates.nameHint}
        value={name}
        onChange={setTypedName}
        error={isFull ? words.templates.full({ limit: MAX_TEMPLATES }) : (errors.name ?? null)}
      />
      <div className="dialog-foot">
        <Button onPress={onClose}>{words.templates.decline}</Button>
        <Button
          kind="primary"
          icon={Plus}
          isDisabled={isFull || reports === undefined}
          isBusy={save.isPending}
          onPress={accept}
        >
          {words.templates.accept}
        </Button>
      </div>
    </Dialog>
  )
}
