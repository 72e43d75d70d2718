import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { useAction } from '../data/radpost.ts'
import { Button } from '../ui/button.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

/** Asks where to, in the system's own dialog; the window never learns it. */
export function SaveAttachment({
  study,
  guid,
  name,
}: {
  readonly study: AppointmentKey
  readonly guid: string
  readonly name: string
}): ReactNode {
  const save = useAction('study.saveAttachment')
  const announce = useAnnounce()
  return (
    <Button
      size="small"
      kind="quiet"
      icon={Download}
      isBusy={save.isPending}
      aria-label={words.study.saveNamed({ name })}
      onPress={() =>
        save.mutate(
          { ...study, guid },
          {
            onSuccess: ({ saved }) => {
              if (saved) announce.done(words.study.saved)
            },
            onError: announce.failed,
          },
        )
      }
    >
      {words.study.save}
    </Button>
  )
}
