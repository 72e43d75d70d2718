import { useQueryClient } from '@tanstack/react-query'
import type { SoloSettingsView } from '../../shared/ipc/solo-calls.ts'

/** Puts what a call answered in the place of what was shown, and asks anew for what depends on it. */
export function useSoloSettings(): (saved: SoloSettingsView) => void {
  const client = useQueryClient()
  return (saved) => {
    client.setQueryData(['solo.settings', {}], saved)
    for (const name of ['solo.webhooks', 'solo.inbox']) void client.invalidateQueries({ queryKey: [name] })
  }
}
