import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'
import { useAction, useCall } from '../data/radpost.ts'
import { Loading, LoadFailed } from '../ui/empty.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { About } from './about.tsx'
import { ClinicianSettings } from './clinician-settings.tsx'
import { DesktopSettings } from './desktop-settings.tsx'
import { FolderSettings } from './folder-settings.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { NetworkSettings } from './network-settings.tsx'
import { Outline, OutlineContext, sectionInSight, useOutline } from './outline.tsx'
import { PracticeSettings } from './practice-settings.tsx'
import { QualiphySettings } from './qualiphy-settings.tsx'
import { IdentitySettings, ReportSettings } from './report-settings.tsx'
import { RetentionSettings } from './retention-settings.tsx'
import type { SaveSettings, SectionProps } from './section.tsx'
import { SoloSettings } from './solo-settings.tsx'
import { TemplateSettings } from './template-settings.tsx'

/** Choices are saved at once; typed text when its section's Save is pressed. */
export function Settings(): ReactNode {
  const settings = useCall('settings.get', {})
  const info = useCall('app.info', {})
  const saving = useAction('settings.save')
  const client = useQueryClient()
  const announce = useAnnounce()
  const save: SaveSettings = (part) =>
    saving.mutate(part, {
      onSuccess: (saved) => {
        client.setQueryData(['settings.get', {}], saved)
        announce.done(words.settings.saved)
      },
      onError: announce.failed,
    })
  return (
    <>
      <header className="view-head">
        <div className="view-title">
          <h1>{words.settings.title}</h1>
        </div>
        {info.data === undefined ? null : (
          <p className="small faint">{words.settings.version({ version: info.data.version })}</p>
        )}
      </header>
      {settings.isError ? (
        <LoadFailed error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data === undefined ? (
        <Loading />
      ) : (
        <SettingsPage settings={settings.data} save={save} />
      )}
    </>
  )
}

/** The sections below each other, their outline beside them. */
function SettingsPage({ settings, save }: SectionProps): ReactNode {
  const { sections, register } = useOutline()
  const page = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const unsaved = sections.filter(({ isUnsaved }) => isUnsaved).map(({ title }) => title)
  return (
    <div className="settings-page">
      <Outline sections={sections} page={page} current={current ?? sections[0]?.id ?? null} />
      <div
        className="settings"
        ref={page}
        onScroll={(event) => setCurrent(sectionInSight(event.currentTarget, sections))}
      >
        <OutlineContext value={register}>
          <PracticeSettings settings={settings} />
          <FolderSettings settings={settings} save={save} />
          <ReportSettings settings={settings} save={save} />
          <TemplateSettings settings={settings} save={save} />
          <IdentitySettings settings={settings} save={save} />
          <ClinicianSettings settings={settings} save={save} />
          <SoloSettings />
          <QualiphySettings />
          <DesktopSettings settings={settings} save={save} />
          <NetworkSettings settings={settings} save={save} />
          <RetentionSettings settings={settings} save={save} />
          <About />
        </OutlineContext>
      </div>
      <LeaveDialog unsaved={unsaved} />
    </div>
  )
}
