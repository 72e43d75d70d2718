import { hostname } from 'node:os'
import { performance } from 'node:perf_hooks'
import type { Settings } from '../../shared/settings.ts'
import type { StationEvent } from '../../shared/station-event.ts'
import { isNetworkFolder, settleTimeMs } from '../intake/drop-folder.ts'
import { createParser, usualParserLimits } from '../intake/parser-process/parser.ts'
import type { StartParserProcess } from '../intake/parser-process/transport.ts'
import type { Foundation } from './foundation.ts'
import { createLog } from './log.ts'
import type { Practices } from './practices.ts'
import { createStation, type Parser, type Station, type StationEnd } from './station.ts'

/** What a host gives to one run of the station; it keeps foundation and practices, and closes them. */
export type StationRun = {
  readonly settings: Settings
  readonly foundation: Foundation
  readonly practices: Practices
  readonly now: () => number
  readonly random: () => number
  readonly emit: (event: StationEvent) => void
  /** A sentence for people, beside the events. */
  readonly notice: (sentence: string) => void
  /** Ends the run in order: what is under way is finished first. */
  readonly signal: AbortSignal
  /** What a parser process is on this host; absent: Node's child process. */
  readonly startParserProcess?: StartParserProcess | undefined
  readonly mayBegin?: (() => boolean) | undefined
  readonly isWatched?: (() => boolean) | undefined
  /** Hands over the station and its parser before the run begins, for hosts that steer them. */
  readonly onReady?: ((ready: { readonly station: Station; readonly parser: Parser }) => void) | undefined
}

/** One run of the station on plain Node (design.md 5 "Unattended"), with a parser process of its own. */
export async function runStation(run: StationRun, mode: 'once' | 'stay'): Promise<StationEnd> {
  const { settings, foundation, practices, now, random, emit, notice, signal } = run
  const { dropFolder } = settings
  const log = createLog(foundation.profile.logPath, now)
  const onNetwork = await isNetworkFolder(dropFolder.path).catch(() => false)
  const parser = createParser(usualParserLimits, run.startParserProcess, settings.reports.templates)
  const station = createStation({
    settings,
    foundation,
    practices,
    parser,
    host: hostname(),
    settleMs: settleTimeMs(dropFolder.settleMs, onNetwork),
    polling: dropFolder.polling === 'auto' ? onNetwork : dropFolder.polling === 'on',
    now,
    monotonicMs: () => performance.now(),
    random,
    machineZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    emit,
    notice,
    onBug: (error) => log.error('station', error),
    mayBegin: run.mayBegin,
    isWatched: run.isWatched,
  })
  run.onReady?.({ station, parser })
  const stop = (): void => station.stop()
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    return await station.run(mode)
  } finally {
    signal.removeEventListener('abort', stop)
    await parser.close()
  }
}
