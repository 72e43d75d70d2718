import { useQueryClient } from '@tanstack/react-query'
import type { CallResult } from '../../shared/ipc.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { useAction } from '../data/radpost.ts'
import { useAnnounce } from '../ui/messages.tsx'
import { withoutSeen } from './unseen.ts'

/** Takes the marks off these studies (null: off all), here at once and for good in the main process. */
export function useMarkSeen(): (studies: readonly AppointmentKey[] | null) => void {
  const client = useQueryClient()
  const look = useAction('worklist.look')
  const announce = useAnnounce()
  return (studies) => {
    client.setQueryData<CallResult<'worklist.get'>>(['worklist.get', {}], (present) =>
      present?.unseen === undefined ? present : { ...present, unseen: withoutSeen(present.unseen, studies) },
    )
    look.mutate(
      {
        studies: studies?.map(({ domain, appointmentId }) => ({ domain, appointmentId })) ?? null,
      },
      { onError: announce.failed },
    )
  }
}
