import { useState, type ReactNode } from 'react'
import type { CallArgs, SettingsView } from '../../shared/ipc.ts'

/** Saves one part; everything else stays as it is. */
export type SaveSettings = (part: CallArgs<'settings.save'>) => void

/** What every section gets. */
export type SectionProps = { readonly settings: SettingsView; readonly save: SaveSettings }

/** One titled part of the page. */
export function Section({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className="settings-section" aria-label={title}>
      <h2>{title}</h2>
      <div className="settings-fields">{children}</div>
    </section>
  )
}

/** Text that is being typed, until it is saved; a value that changed elsewhere replaces it. */
export function useDraft<Value>(saved: Value): readonly [Value, (value: Value) => void] {
  const basis = JSON.stringify(saved)
  const [draft, setDraft] = useState({ basis, value: saved })
  if (draft.basis !== basis) setDraft({ basis, value: saved })
  return [draft.basis === basis ? draft.value : saved, (value) => setDraft({ basis, value })]
}
