import { z } from 'zod'
import { aboutCalls } from './ipc/about-calls.ts'
import { composeCalls } from './ipc/compose-calls.ts'
import { deliveryCalls } from './ipc/delivery-calls.ts'
import { deskCalls } from './ipc/desk-calls.ts'
import { historyCalls } from './ipc/history-calls.ts'
import { inspectCalls } from './ipc/inspect-calls.ts'
import { scheduleCalls } from './ipc/schedule-calls.ts'
import { preferencesCalls } from './ipc/preferences-calls.ts'
import { qualiphyCalls } from './ipc/qualiphy-calls.ts'
import { setUpCalls } from './ipc/set-up-calls.ts'
import { soloCalls } from './ipc/solo-calls.ts'
import { stationCalls, stationStatus } from './ipc/station-calls.ts'
import { knownAlerts, studyCalls } from './ipc/study-calls.ts'
import { nothing, type CallTable } from './ipc/vocabulary.ts'

/**
 * THE contract between window and main process: every call and every pushed event, with zod for arguments and
 * results. Both sides, the preload and the tests are derived from it; nothing crosses that is not in here. No secret
 * and no path ever does: files are named by delivery id, folders by a label (Electron checklist 17, 20; design.md 1.5).
 */

/** Every call, by section: one file a section. */
export const calls = {
  ...stationCalls,
  ...setUpCalls,
  ...preferencesCalls,
  ...studyCalls,
  ...scheduleCalls,
  ...deliveryCalls,
  ...inspectCalls,
  ...composeCalls,
  ...deskCalls,
  ...aboutCalls,
  ...historyCalls,
  ...qualiphyCalls,
  ...soloCalls,
} as const satisfies CallTable

export type CallName = keyof typeof calls
export type CallArgs<Name extends CallName> = z.input<(typeof calls)[Name]['args']>
export type CallResult<Name extends CallName> = z.output<(typeof calls)[Name]['result']>

/** Everything that main pushes. The window fetches anew what an event says has changed. */
export const events = {
  'station.changed': stationStatus,
  'deliveries.changed': z.object({ ids: z.array(z.string()) }),
  'worklist.changed': nothing,
  /** All that is known of alerts now: it comes often while studies are looked at, so it brings its data along. */
  'alerts.changed': knownAlerts,
  /** A webhook told of a visit. */
  'solo.changed': nothing,
  /** The window was covered, or uncovered by the user of the operating system. */
  'lock.changed': z.object({ isLocked: z.boolean() }),
  /** A notification or the tray asks for a view. */
  navigate: z.object({
    view: z.enum(['worklist', 'schedule', 'deliveries', 'needs-you', 'settings', 'first-run']),
    id: z.string().nullable(),
  }),
} as const satisfies Record<string, z.ZodType>

export type EventName = keyof typeof events
export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]>

/** Answers cross as an envelope, because Electron keeps only the message of a thrown error. */
export type Envelope<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly code: string; readonly message: string }

export { CALL_CHANNEL, EVENT_CHANNEL } from './ipc-channels.ts'

/** What the preload puts on `window.radpost`. */
export type RadpostApi = {
  call<Name extends CallName>(name: Name, args: CallArgs<Name>): Promise<Envelope<CallResult<Name>>>
  /** Returns the function that ends the listening. */
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): () => void
}

export type { DeliveryItem } from './ipc/delivery-view.ts'
export type { SettingsView } from './ipc/set-up-calls.ts'
export { stationStatus, type StationStatus } from './ipc/station-calls.ts'
