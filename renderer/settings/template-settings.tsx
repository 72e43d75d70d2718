import { Pencil, Plus, Trash2, Undo2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { MAX_TEMPLATES, type SiteTemplate } from '../../shared/site-templates.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { words } from '../words.ts'
import { Section, type SectionProps } from './section.tsx'
import { TemplateForm } from './template-form.tsx'
import { TemplateTry } from './template-try.tsx'

/** Which template is in the form: its place, or a new one. */
type Editing = { readonly place: number | null }

/** The site's own labels (docs/adr/0012): listed, changed, tried on a file; a removed one can be had back. */
export function TemplateSettings({ settings, save }: SectionProps): ReactNode {
  const { reports } = settings
  const templates = reports.templates ?? []
  const [editing, setEditing] = useState<Editing | null>(null)
  const [removed, setRemoved] = useState<{ readonly place: number; readonly template: SiteTemplate } | null>(
    null,
  )
  const keep = (next: readonly SiteTemplate[]) => save({ reports: { ...reports, templates: [...next] } })
  const remove = (place: number, template: SiteTemplate) => {
    setRemoved({ place, template })
    keep(templates.toSpliced(place, 1))
  }
  const undo = () => {
    if (removed === null) return
    setRemoved(null)
    keep(templates.toSpliced(removed.place, 0, removed.template))
  }
  const present = editing?.place === null ? null : (templates[editing?.place ?? -1] ?? null)
  return (
    <Section title={words.templates.title}>
      <p className="small faint">{words.templates.hint}</p>
      {templates.length === 0 ? <p>{words.templates.none}</p> : null}
      <ul className="practices">
        {templates.map((template, place) => (
          <li key={template.name}>
            <span className="two-lines">
              <span className="strong truncate">{template.name}</span>
              <span className="second-line truncate selectable">
                {Object.values(template.fields).join(' · ')}
              </span>
            </span>
            <IconButton
              icon={Pencil}
              name={words.templates.edit({ name: template.name })}
              onPress={() => setEditing({ place })}
            />
            <IconButton
              icon={Trash2}
              name={words.templates.remove({ name: template.name })}
              onPress={() => remove(place, template)}
            />
          </li>
        ))}
      </ul>
      {removed === null ? null : (
        <p role="status" className="deciding-as">
          <span className="truncate">{words.templates.removed({ name: removed.template.name })}</span>
          <Button size="small" icon={Undo2} onPress={undo}>
            {words.templates.undo}
          </Button>
        </p>
      )}
      <div>
        {templates.length >= MAX_TEMPLATES ? (
          <p className="small">{words.templates.full({ limit: MAX_TEMPLATES })}</p>
        ) : (
          <Button icon={Plus} onPress={() => setEditing({ place: null })}>
            {words.templates.add}
          </Button>
        )}
      </div>
      <TemplateTry templates={templates} nameOf={({ name }) => words.templates.byTemplate({ name })} />
      {editing === null ? null : (
        <TemplateForm
          template={present}
          otherNames={templates.filter((other) => other !== present).map(({ name }) => name)}
          onSave={(template) => {
            setRemoved(null)
            keep(editing.place === null ? [...templates, template] : templates.with(editing.place, template))
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  )
}
