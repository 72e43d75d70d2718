import {
  keepPreviousData,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { CallArgs, CallName, CallResult } from '../../shared/ipc.ts'

/** The main process said no. `message` is a plain sentence for the person, free of secrets and paths. */
export class CallFailed extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** One call to the main process (shared/ipc.ts). @throws CallFailed */
export async function call<Name extends CallName>(
  name: Name,
  args: CallArgs<Name>,
): Promise<CallResult<Name>> {
  const envelope = await window.radpost.call(name, args)
  if (!envelope.ok) throw new CallFailed(envelope.code, envelope.message)
  return envelope.result
}

export type CallLook = {
  readonly enabled?: boolean
  /** For what no event tells of: asked for again so often, in milliseconds, while the window is in sight. */
  readonly refetchEveryMs?: number
  /** While other arguments are asked about, the former answer stays, marked as placeholder. */
  readonly keepsFormer?: boolean
}

/** Data for a view, fetched anew whenever an event says that it has changed (live.ts). */
export function useCall<Name extends CallName>(
  name: Name,
  args: CallArgs<Name>,
  { enabled = true, refetchEveryMs, keepsFormer = false }: CallLook = {},
): UseQueryResult<CallResult<Name>> {
  return useQuery<CallResult<Name>>({
    queryKey: [name, args],
    queryFn: () => call(name, args),
    enabled,
    refetchInterval: refetchEveryMs ?? false,
    ...(keepsFormer ? { placeholderData: keepPreviousData } : {}),
  })
}

/** An action of the person; the caller announces how it ended. */
export function useAction<Name extends CallName>(
  name: Name,
): UseMutationResult<CallResult<Name>, Error, CallArgs<Name>> {
  return useMutation<CallResult<Name>, Error, CallArgs<Name>>({ mutationFn: (args) => call(name, args) })
}
