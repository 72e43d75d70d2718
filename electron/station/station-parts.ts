import type { Reading } from '../../shared/document.ts'
import type { Settings } from '../../shared/settings.ts'
import type { StationEvent } from '../../shared/station-event.ts'
import type { Foundation } from './foundation.ts'
import type { Practices } from './practices.ts'

export type Parser = {
  read(bytes: Uint8Array): Promise<Reading>
  complete(bytes: Uint8Array): Promise<'complete' | 'incomplete' | 'no-signature'>
}

export type StationParts = {
  readonly settings: Settings
  readonly foundation: Foundation
  readonly practices: Practices
  readonly parser: Parser
  readonly host: string
  readonly settleMs: number
  readonly polling: boolean
  readonly now: () => number
  readonly monotonicMs: () => number
  readonly random: () => number
  readonly machineZone: string
  readonly emit: (event: StationEvent) => void
  /** A sentence for people, beside the events. */
  readonly notice: (sentence: string) => void
  readonly onBug: (error: unknown) => void
  /** False while a person has paused the sending, or the machine is about to sleep; then nothing new begins. */
  readonly mayBegin?: (() => boolean) | undefined
  /** Whether somebody looks at the worklist; a host without a window leaves it out, and lists are always kept fresh. */
  readonly isWatched?: (() => boolean) | undefined
}
