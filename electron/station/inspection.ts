import type { ReportStatus } from '../../shared/delivery.ts'
import type { ArtefactKind, ArtefactProblem, DocumentIdentity, Reading } from '../../shared/document.ts'
import type { MatchDecision } from '../../shared/matching.ts'
import { settingsSchema, type Settings } from '../../shared/settings.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import type { SidecarResult } from '../intake/sidecar.ts'
import { decideMatch } from '../matching/decide.ts'
import { decideStatus, type StatusInput } from '../matching/status.ts'
import { matchingPolicy } from '../outbox/plan.ts'

/**
 * A dry run (interfaces.md 7, `inspect`): what Radpost sees in a file, for the command line and the window alike.
 * `verdict` and `reason` are about the file alone; sentences are free of patient data.
 */
export type Inspection = {
  readonly verdict: 'report' | 'held'
  readonly reason: ArtefactProblem | null
  readonly message: string
  readonly kind: ArtefactKind | null
  readonly status: ReportStatus | 'unclear' | null
  /** Why it has this status; null where it has none. */
  readonly statusWhy: string | null
  readonly identifiers: DocumentIdentity
  /** As QUBS would get it: that of the sidecar where it brings one. */
  readonly text: string
  readonly warnings: readonly string[]
  /** null: not compared with a worklist. */
  readonly match: MatchDecision | null
}

export type InspectionInput = {
  /** As dropped, without folders. */
  readonly fileName: string
  readonly subFolder: StatusInput['subFolder']
  readonly reading: Reading
  /** null where there is none beside the file; what the settings ignore is ignored here too. */
  readonly sidecar: SidecarResult | null
  /** null: nothing is set up, so the defaults count and no worklist is there. */
  readonly settings: Settings | null
  /** All pending appointments; null where not every practice could be asked. */
  readonly worklist: readonly PendingAppointment[] | null
}

/** Pure: nothing is sent, kept or asked. */
export function inspect(input: InspectionInput): Inspection {
  const { reading, settings, worklist, fileName } = input
  const beside = settings?.dropFolder.sidecar === 'none' ? null : input.sidecar
  const sidecar = beside?.ok === true ? beside.sidecar : null
  const status = decideStatus({
    kind: reading.kind,
    srFlags: reading.srFlags,
    sidecarStatus: sidecar?.reportStatus ?? null,
    subFolder: input.subFolder,
    settings: settings?.reports ?? settingsSchema.shape.reports.parse({}),
  })
  const held = reading.problem !== null
  return {
    verdict: held ? 'held' : 'report',
    reason: reading.problem,
    message: reading.message,
    kind: reading.kind,
    status: reading.kind === null ? null : status.kind === 'decided' ? status.status : 'unclear',
    statusWhy: reading.kind === null ? null : status.kind === 'decided' ? status.because : status.message,
    identifiers: reading.identity,
    text: sidecar?.reportText ?? reading.text,
    warnings: [
      ...reading.warnings,
      ...(status.kind === 'decided' && status.warning !== null ? [status.warning] : []),
      ...(beside?.ok === false ? [beside.message] : []),
    ],
    match:
      settings === null || worklist === null || held
        ? null
        : decideMatch(
            { fileName, text: reading.text, identity: reading.identity, sidecar },
            worklist,
            matchingPolicy(settings),
          ),
  }
}
