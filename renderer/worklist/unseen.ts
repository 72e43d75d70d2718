import type { CallResult } from '../../shared/ipc.ts'
import { sameAppointment, type AppointmentKey } from '../../shared/worklist.ts'

type Unseen = NonNullable<CallResult<'worklist.get'>['unseen']>

/** The news without those about `studies`; null: no news any more. */
export function withoutSeen(unseen: Unseen, studies: readonly AppointmentKey[] | null): Unseen {
  if (studies === null) return { added: [], changed: [], gone: [] }
  const isUnseen = (key: AppointmentKey) => !studies.some((study) => sameAppointment(study, key))
  return {
    added: unseen.added.filter(isUnseen),
    changed: unseen.changed.filter(isUnseen),
    gone: unseen.gone.filter(isUnseen),
  }
}
