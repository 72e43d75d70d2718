import { Check } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { templateFields, type SiteTemplate } from '../../shared/site-templates.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { words } from '../words.ts'
import { MAX_TEMPLATE_NAME, templateErrors, templateOf, typedTemplate } from './template-check.ts'
import { TemplateTry } from './template-try.tsx'

/** One template: its labels, checked at each field, and a file to try them on before they are saved. */
export function TemplateForm({
  template,
  otherNames,
  onSave,
  onClose,
}: {
  /** null: a new one. */
  readonly template: SiteTemplate | null
  readonly otherNames: readonly string[]
  readonly onSave: (template: SiteTemplate) => void
  readonly onClose: () => void
}): ReactNode {
  const [typed, setTyped] = useState(() => typedTemplate(template))
  const [wasAsked, setWasAsked] = useState(false)
  const errors = templateErrors(typed, otherNames)
  // A file can be tried before the template has its name.
  const draft = templateOf({
    ...typed,
    name: typed.name.trim() === '' ? words.templates.byDraft : typed.name,
  })
  const save = () => {
    setWasAsked(true)
    const right = templateOf(typed)
    if (right === null || errors.name !== undefined) return
    onSave(right)
    onClose()
  }
  return (
    <Dialog
      title={
        template === null ? words.templates.newTitle : words.templates.editTitle({ name: template.name })
      }
      onClose={onClose}
    >
      <TextField
        label={words.templates.name}
        hint={words.templates.nameHint}
        value={typed.name}
        maxLength={MAX_TEMPLATE_NAME}
        onChange={(name) => setTyped({ ...typed, name })}
        error={wasAsked ? (errors.name ?? null) : null}
      />
      <section className="settings-fields" aria-label={words.templates.patterns}>
        <h3 className="field-label">{words.templates.patterns}</h3>
        <p className="small faint">{words.templates.patternsHint}</p>
        <div className="field-row">
          {templateFields.map((field) => (
            <TextField
              key={field}
              label={words.templates.fields[field]}
              value={typed.fields[field]}
              onChange={(pattern) => setTyped({ ...typed, fields: { ...typed.fields, [field]: pattern } })}
              error={errors.fields[field] ?? null}
            />
          ))}
        </div>
        {wasAsked && errors.whole !== undefined ? (
          <p role="alert" className="field-error">
            {errors.whole}
          </p>
        ) : null}
      </section>
      <TemplateTry templates={draft === null ? [] : [draft]} nameOf={() => words.templates.byDraft} />
      <div className="dialog-foot">
        <Button onPress={onClose}>{words.shell.cancel}</Button>
        <Button kind="primary" icon={Check} onPress={save}>
          {words.templates.save}
        </Button>
      </div>
    </Dialog>
  )
}
