import type { Settings } from '../../../shared/settings.ts'
import { pathsIn } from '../../station/profile.ts'
import { changeSettings, partOf, type SettingsDocument } from '../../station/settings-store.ts'
import { CallFailed } from './call-failed.ts'
import type { HandlerParts } from './desk-handlers.ts'
import { refuseNearReports } from './report-folder.ts'

/** One service's part of settings.json, as its section of the window changes it. */
export type SettingsSection<View> = {
  /** @throws CallFailed before the first run */
  readonly present: () => Settings
  /** What is null is taken out of the file, so that its default counts. @throws CallFailed, SettingsUnusable */
  readonly save: (part: SettingsDocument) => Promise<View>
  /** Asks the person for the folder in which webhooks arrive. @throws CallFailed */
  readonly chooseInbox: () => Promise<View>
  readonly removeInbox: () => Promise<View>
}

/** @param view what the window shows of the section after each change */
export function createSettingsSection<View>(
  name: 'qualiphy' | 'solo',
  { keeper, host, profileFolder }: Pick<HandlerParts, 'keeper' | 'host' | 'profileFolder'>,
  view: () => Promise<View>,
): SettingsSection<View> {
  const { settingsPath } = pathsIn(profileFolder)

  function present(): Settings {
    const settings = keeper.settings()
    if (settings !== null) return settings
    throw new CallFailed('not-set-up', 'Radpost is not set up yet; connect a practice first.')
  }

  async function save(part: SettingsDocument): Promise<View> {
    present()
    changeSettings(settingsPath, (document) => {
      const merged = { ...partOf(document, name), ...part }
      const section = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
      return { ...document, [name]: section }
    })
    await keeper.restart()
    return view()
  }

  return {
    present,
    save,
    async chooseInbox() {
      const { [name]: section, dropFolder } = present()
      const chosen = await host.chooseFolder(section.inbox ?? null, 'inbox')
      if (chosen === null) return view()
      await refuseNearReports(chosen, dropFolder.path)
      return save({ inbox: chosen })
    },
    removeInbox: () => save({ inbox: null }),
  }
}

/** Trimmed; what was left blank is null: its default counts. */
export function orNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}
