import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useAction, useCall } from '../data/radpost.ts'
import { Choice } from '../ui/choice.tsx'
import { useAnnounce } from '../ui/messages.tsx'
import { words } from '../words.ts'

const offered = [1, 2, 5, 10, 15, 30, 60] as const

/** After how much idle time the window is covered; where it could not be uncovered, why it cannot be switched on. */
export function IdleLockSetting(): ReactNode {
  const client = useQueryClient()
  const announce = useAnnounce()
  const lock = useCall('lock.get', {})
  const set = useAction('lock.set')
  if (lock.data === undefined) return null
  const { minutes, how } = lock.data
  if (how === 'none' && minutes === null) {
    return (
      <div className="field">
        <span className="field-label">{words.lock.setting}</span>
        <p className="field-hint">{words.lock.notPossible}</p>
      </div>
    )
  }
  // A number that was set elsewhere stays to be seen.
  const steps = [...new Set([...offered, ...(minutes === null ? [] : [minutes])])].toSorted((a, b) => a - b)
  const options = Object.fromEntries([
    ['off', words.lock.off],
    ...steps.map((step) => [`after-${step}`, words.lock.minutes({ minutes: step })]),
  ]) as Readonly<Record<string, string>>
  return (
    <Choice
      label={words.lock.setting}
      hint={words.lock.settingHint}
      options={options}
      value={minutes === null ? 'off' : `after-${minutes}`}
      onChange={(chosen) =>
        set.mutate(
          { minutes: chosen === 'off' ? null : Number(chosen.slice('after-'.length)) },
          {
            onSuccess: (view) => client.setQueryData(['lock.get', {}], view),
            onError: announce.failed,
          },
        )
      }
    />
  )
}
