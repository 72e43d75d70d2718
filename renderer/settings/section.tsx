import { use, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import type { CallArgs, SettingsView } from '../../shared/ipc.ts'
import { words } from '../words.ts'
import { OutlineContext } from './outline.tsx'

/** Saves one part; everything else stays as it is. */
export type SaveSettings = (part: CallArgs<'settings.save'>) => void

/** What every section gets. */
export type SectionProps = { readonly settings: SettingsView; readonly save: SaveSettings }

/** One titled part of the page, named in its outline. `isUnsaved`: something was typed that is not saved yet. */
export function Section({
  title,
  isUnsaved = false,
  children,
}: {
  readonly title: string
  readonly isUnsaved?: boolean
  readonly children: ReactNode
}): ReactNode {
  const register = use(OutlineContext)
  const section = useRef<HTMLElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const element = section.current
    return element === null ? undefined : register({ id, title, isUnsaved, element })
  }, [register, id, title, isUnsaved])
  return (
    <section className="settings-section" aria-label={title} ref={section} tabIndex={-1}>
      <div>
        <h2>{title}</h2>
        {isUnsaved ? <p className="small unsaved">{words.about.unsaved}</p> : null}
      </div>
      <div className="settings-fields">{children}</div>
    </section>
  )
}

/** Text that is being typed, until it is saved; a value that changed elsewhere replaces it. */
export function useDraft<Value>(
  saved: Value,
): readonly [value: Value, change: (value: Value) => void, isChanged: boolean] {
  const basis = JSON.stringify(saved)
  const [draft, setDraft] = useState({ basis, value: saved })
  if (draft.basis !== basis) setDraft({ basis, value: saved })
  const value = draft.basis === basis ? draft.value : saved
  return [value, (changed) => setDraft({ basis, value: changed }), JSON.stringify(value) !== basis]
}
