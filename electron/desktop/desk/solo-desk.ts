import type { EventName, EventPayload } from '../../../shared/ipc.ts'
import type { Handlers } from './handlers.ts'
import { createSoloInboxBook } from './solo-inbox.ts'
import { createSoloSessions, type SoloParts, type SoloSession } from './solo-sessions.ts'
import { createSoloSettingsHandlers } from './solo-settings.ts'
import { createSoloVisitHandlers } from './solo-visits.ts'
import { createSoloWebhookHandlers } from './solo-webhooks.ts'

/** Teladoc Health Solo behind the window: the visits of studies, the settings, and the inbox of webhooks. */
export type SoloDesk = {
  readonly handlers: Pick<Handlers, Extract<keyof Handlers, `solo.${string}`>>
  /** The window came in sight, or went out of it. */
  readonly watch: (isWatched: boolean) => void
  readonly stop: () => Promise<void>
}

export function createSoloDesk(
  parts: SoloParts & {
    readonly push: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void
  },
): SoloDesk {
  const sessions = createSoloSessions(parts)
  const inbox = createSoloInboxBook(parts, sessions)
  /** Whoever uses Solo may be told of news: settings and sessions change while the window is in sight. */
  const opened = async (): Promise<SoloSession> => {
    const solo = await sessions()
    await inbox.follow()
    return solo
  }
  return {
    handlers: {
      ...createSoloVisitHandlers(parts, opened),
      ...createSoloSettingsHandlers(parts, opened),
      ...createSoloWebhookHandlers(parts, opened),
      'solo.inbox': inbox.look,
    },
    watch: inbox.watch,
    stop: inbox.stop,
  }
}
