import type { ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useAction, useCall } from '../data/radpost.ts'
import { Loading, LoadFailed } from '../ui/empty.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { ClinicianSettings } from './clinician-settings.tsx'
import { DesktopSettings } from './desktop-settings.tsx'
import { FolderSettings } from './folder-settings.tsx'
import { NetworkSettings } from './network-settings.tsx'
import { PracticeSettings } from './practice-settings.tsx'
import { IdentitySettings, ReportSettings } from './report-settings.tsx'
import type { SaveSettings } from './section.tsx'

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
        <div className="settings">
          <PracticeSettings settings={settings.data} />
          <FolderSettings settings={settings.data} save={save} />
          <ReportSettings settings={settings.data} save={save} />
          <IdentitySettings settings={settings.data} save={save} />
          <ClinicianSettings settings={settings.data} save={save} />
          <DesktopSettings settings={settings.data} save={save} />
          <NetworkSettings settings={settings.data} save={save} />
        </div>
      )}
    </>
  )
}
