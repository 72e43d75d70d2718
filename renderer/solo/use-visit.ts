import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { CallResult } from '../../shared/ipc.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import { call, CallFailed } from '../data/radpost.ts'
import { pollEveryMs } from './polling.ts'

type Visit = CallResult<'solo.visit'>

/** The visit of a study, live while the study is in sight, seldom while the window is hidden. */
export function useVisit(study: AppointmentKey): UseQueryResult<Visit> {
  return useQuery<Visit>({
    ...lookFor(study),
    refetchInterval: ({ state: { data, error } }) => {
      const failure = error === null ? null : isKeyRefused(error) ? 'refused' : 'other'
      return pollEveryMs({ visit: data, failure }, document.visibilityState === 'visible')
    },
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: ({ state }) => (isKeyRefused(state.error) ? false : 'always'),
  })
}

/** The visit as the panel has read it, where that is not in doubt; asks for nothing. */
export function useKnownVisit(study: AppointmentKey): Visit | undefined {
  const { data, isError } = useQuery<Visit>({ ...lookFor(study), enabled: false })
  return isError ? undefined : data
}

function lookFor(study: AppointmentKey) {
  return { queryKey: ['solo.visit', study], queryFn: () => call('solo.visit', study) }
}

export function isKeyRefused(error: Error | null): boolean {
  return error instanceof CallFailed && error.code === 'auth'
}
