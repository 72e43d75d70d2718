import type { Invites } from '../../qualiphy/invites.ts'
import { openInvites, type OpenInvitesParts } from '../../station/invites.ts'

/** The invites of one run of the station, with the looks into the inbox and an orderly end. */
export type SessionInvites = {
  readonly invites: Invites
  /** Ends what is under way, so that its outcome is written down before the journal is closed. */
  close(): Promise<void>
}

/** Results are looked for this often, beside every time a study is opened. */
const LOOK_MS = 60_000
/** How long the end of a session waits for answers; what is then still open may have been sent. */
const GRACE_MS = 3_000

/** Opens the invites: once for each session, because opening settles what the last one left open. */
export function openSessionInvites(
  parts: OpenInvitesParts & { readonly onBug: (error: unknown) => void },
): SessionInvites {
  const opened = openInvites(parts)
  const stop = new AbortController()
  const underWay = new Set<Promise<unknown>>()

  function until<T>(work: Promise<T>): Promise<T> {
    underWay.add(work)
    const forget = (): void => void underWay.delete(work)
    work.then(forget, forget)
    return work
  }

  const look = (): void => void until(opened.lookForResults()).catch(parts.onBug)
  const looking = parts.settings.qualiphy.inbox === undefined ? undefined : setInterval(look, LOOK_MS)
  looking?.unref()

  return {
    invites: {
      ...opened,
      listExams: () => opened.listExams(stop.signal),
      send: (key, form, confirmation) => until(opened.send(key, form, confirmation, stop.signal)),
      resend: (id, patientExamId, resends) => until(opened.resend(id, patientExamId, resends, stop.signal)),
      lookForResults: () => until(opened.lookForResults()),
    },
    async close() {
      clearInterval(looking)
      const grace = setTimeout(() => stop.abort(), GRACE_MS)
      await Promise.allSettled(underWay)
      clearTimeout(grace)
      stop.abort()
    },
  }
}
