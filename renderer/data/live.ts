import { QueryClient } from '@tanstack/react-query'
import type { CallName, CallResult } from '../../shared/ipc.ts'

/**
 * One client for the window. Answers come from the same machine, so nothing is retried and nothing waits for the
 * network; and what no view shows any more is forgotten at once, because it is patient data (design.md 1.5).
 */
export function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        gcTime: 0,
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false, gcTime: 0 },
    },
  })
}

/** Pushed events name what has changed; the views that show it ask again. Returns the end of the listening. */
export function followChanges(client: QueryClient): () => void {
  const refresh = (...names: readonly CallName[]) => {
    for (const name of names) void client.invalidateQueries({ queryKey: [name] })
  }
  const endings = [
    window.radpost.on('station.changed', (status) => {
      client.setQueryData(['station.status', {}], status)
    }),
    window.radpost.on('deliveries.changed', ({ ids }) => {
      refresh('deliveries.list', 'study.get', 'compose.drafts', 'solo.reports')
      refresh('history.search', 'history.trail')
      for (const id of ids) void client.invalidateQueries({ queryKey: ['held.detail', { id }] })
    }),
    window.radpost.on('alerts.changed', (known) => {
      client.setQueryData<CallResult<'worklist.get'>>(['worklist.get', {}], (list) =>
        list === undefined ? undefined : { ...list, ...known },
      )
    }),
    window.radpost.on('solo.changed', () => refresh('solo.visit', 'solo.inbox')),
    window.radpost.on('worklist.changed', () => {
      refresh('worklist.get', 'study.get', 'compose.drafts')
      // Candidates are weighed against the worklist, so what is on the desk may have changed too.
      refresh('held.detail')
    }),
  ]
  return () => {
    for (const end of endings) end()
  }
}
