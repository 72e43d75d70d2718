import type { Settings } from '../../../shared/settings.ts'
import type { SoloClient } from '../../solo/client.ts'
import { openSolo, openVisits } from '../../solo/open-solo.ts'
import type { Visits } from '../../solo/visits.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { StationSession } from './station-session.ts'

/** Solo with the settings of one run of the station. */
export type SoloSession = {
  readonly session: StationSession
  readonly client: SoloClient
  readonly visits: Visits
  readonly solo: Settings['solo']
}

export type SoloParts = Pick<
  HandlerParts,
  'keeper' | 'host' | 'vault' | 'worklist' | 'now' | 'random' | 'profileFolder'
>

/** Opens Solo once a session; what was opened for a former one is forgotten with it. @throws CallFailed */
export function createSoloSessions(parts: SoloParts): () => Promise<SoloSession> {
  const { keeper, vault, now, random, profileFolder } = parts
  const opened = new WeakMap<StationSession, SoloSession>()
  return async () => {
    const session = await keeper.ready()
    const present = opened.get(session)
    if (present !== undefined) return present
    const { settings, practices } = session
    const tools = { settings, vault: vault(), http: practices.http, random }
    const made: SoloSession = {
      session,
      client: openSolo(tools),
      visits: openVisits({ ...tools, profileFolder, now }),
      solo: settings.solo,
    }
    opened.set(session, made)
    return made
  }
}
