import { Folder, FolderOpen } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useAction } from '../data/radpost.ts'
import { Button, Glyph } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'
import { Section, type SectionProps } from './section.tsx'

/** Which folder is watched, by the last part of its name: paths stay in the main process. */
export function FolderSettings({ settings, save }: SectionProps): ReactNode {
  const choose = useAction('setup.chooseFolder')
  const open = useAction('station.openFolder')
  const client = useQueryClient()
  const announce = useAnnounce()
  const changeFolder = () =>
    choose.mutate(
      {},
      {
        onSuccess: ({ folderLabel }) => {
          if (folderLabel === null) return
          void client.invalidateQueries({ queryKey: ['settings.get'] })
          announce.done(words.settings.folderChanged)
        },
        onError: announce.failed,
      },
    )
  return (
    <Section title={words.settings.sections.folder}>
      <div className="folder">
        <Glyph icon={Folder} />
        <span className="strong truncate selectable">{settings.folderLabel ?? words.settings.noFolder}</span>
        <Button icon={FolderOpen} onPress={() => open.mutate({}, { onError: announce.failed })}>
          {words.settings.openFolder}
        </Button>
        <Button isBusy={choose.isPending} onPress={changeFolder}>
          {words.settings.chooseFolder}
        </Button>
      </div>
      <Choice
        label={words.settings.sidecar}
        options={words.settings.sidecarOptions}
        value={settings.sidecar}
        onChange={(sidecar) => save({ sidecar })}
      />
    </Section>
  )
}
