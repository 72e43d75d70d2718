import { Minus, Plus } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { ZOOM_PERCENT } from '../../shared/preferences.ts'
import { nextZoom, usePreferences } from '../data/preferences.ts'
import { IdleLockSetting } from '../lock/idle-lock-setting.tsx'
import { Button, IconButton } from '../ui/button.tsx'
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
      <Appearance />
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
      <IdleLockSetting />
    </Section>
  )
}

/** Density of the rows and zoom of the window: kept with the person's other preferences, shown at once. */
function Appearance(): ReactNode {
  const { preferences, change } = usePreferences()
  const { density, zoomPercent } = preferences
  const label = useId()
  return (
    <>
      <Choice
        label={words.settings.density}
        options={words.settings.densityOptions}
        value={density}
        onChange={(chosen) => change({ density: chosen })}
      />
      <div className="field" role="group" aria-labelledby={label}>
        <span className="field-label" id={label}>
          {words.settings.zoom}
        </span>
        <div className="zoom">
          <IconButton
            icon={Minus}
            kind="plain"
            name={words.settings.zoomOut}
            isDisabled={zoomPercent <= ZOOM_PERCENT.min}
            onPress={() => change({ zoomPercent: nextZoom(zoomPercent, -1) })}
          />
          <output>{words.settings.zoomPercent({ percent: zoomPercent })}</output>
          <IconButton
            icon={Plus}
            kind="plain"
            name={words.settings.zoomIn}
            isDisabled={zoomPercent >= ZOOM_PERCENT.max}
            onPress={() => change({ zoomPercent: nextZoom(zoomPercent, 1) })}
          />
          {zoomPercent === 100 ? null : (
            <Button kind="quiet" onPress={() => change({ zoomPercent: 100 })}>
              {words.settings.zoomReset}
            </Button>
          )}
        </div>
        <span className="field-hint">{words.settings.zoomHint}</span>
      </div>
    </>
  )
}
