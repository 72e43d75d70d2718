import type { ReactNode } from 'react'
import { Choice, Switch } from '../ui/choice.tsx'
import { words } from '../words.ts'
import { Section, type SectionProps } from './section.tsx'

/** How Radpost behaves on this computer. */
export function DesktopSettings({ settings, save }: SectionProps): ReactNode {
  return (
    <Section title={words.settings.sections.desktop}>
      <Choice
        label={words.settings.theme}
        options={words.settings.themeOptions}
        value={settings.theme}
        onChange={(theme) => save({ theme })}
      />
      <Switch
        label={words.settings.notifications}
        hint={words.settings.notificationsHint}
        isSelected={settings.notifications}
        onChange={(notifications) => save({ notifications })}
      />
      <Switch
        label={words.settings.startAtLogin}
        hint={words.settings.startAtLoginHint}
        isSelected={settings.startAtLogin}
        onChange={(startAtLogin) => save({ startAtLogin })}
      />
    </Section>
  )
}
