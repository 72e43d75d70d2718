import type { ReportPlan, ReportStatus } from '../../shared/delivery.ts'
import { sameAppointment, type AppointmentKey } from '../../shared/worklist.ts'
import type { Journal } from '../journal/journal.ts'
import { placeInChain, type ChainLink, type ChainPlace } from '../matching/version-chain.ts'
import { decideVersion, type Version, type VersionDecision } from '../matching/versions.ts'

/** A report that was delivered from the drop folder, perhaps by another station. */
export type DeliveredElsewhere = AppointmentKey & {
  readonly deliveryId: string
  readonly status: ReportStatus
  readonly contentSha256: string
}

/** What is needed to put a delivered report into the chain of its appointment. */
export type ChainParts = {
  readonly journal: Pick<Journal, 'inStates'>
  /** In the order of delivery; deliveries of the journal may be among them. */
  readonly deliveredElsewhere: () => readonly DeliveredElsewhere[]
  /** `reports.finalDiffers`: whether a person is asked about a final that differs from its preliminary. */
  readonly finalDiffers: 'ask' | 'send'
}

/** The place of a report whose delivery is about to be written down, after all others of its appointment. */
export function chainPlaceOf(parts: ChainParts, deliveryId: string, plan: ReportPlan): ChainPlace {
  const place = placeInChain(
    { status: plan.status, contentHash: plan.contentId, text: textOf(plan) },
    earlierVersions(parts, deliveryId, plan),
  )
  return parts.finalDiffers === 'ask' ? place : { ...place, differsFrom: null }
}

/** What a planned report means beside the reports of its appointment that this station has delivered. */
export function versionAmongDelivered(
  journal: Pick<Journal, 'inStates'>,
  deliveryId: string,
  plan: ReportPlan,
): VersionDecision<Version & { readonly deliveryId: string }> {
  const delivered = journal
    .inStates(['delivered'])
    .flatMap(({ id, plan: other }) =>
      id !== deliveryId && other?.kind === 'report' && sameAppointment(other, plan)
        ? [{ deliveryId: id, ...versionOf(other) }]
        : [],
    )
  return decideVersion(versionOf(plan), delivered)
}

function versionOf({ contentId, status, reportedAtUtc }: ReportPlan): Version {
  return { contentHash: contentId, status, reportedAtUtc }
}

function earlierVersions(parts: ChainParts, deliveryId: string, plan: ReportPlan): ChainLink[] {
  const own = parts.journal
    .inStates(['delivered'])
    .filter((record) => record.id !== deliveryId)
    .toSorted((a, b) => (a.version?.number ?? 0) - (b.version?.number ?? 0) || a.seq - b.seq)
    .flatMap(({ id, plan: other }) =>
      other?.kind === 'report' && sameAppointment(other, plan)
        ? [{ deliveryId: id, status: other.status, contentHash: other.contentId, text: textOf(other) }]
        : [],
    )
  const lines = parts
    .deliveredElsewhere()
    .filter((line) => sameAppointment(line, plan) && line.deliveryId !== deliveryId)
  const isOwn = new Set(own.map((link) => link.deliveryId))
  const chain = [...own]
  for (const [index, { deliveryId: id, status, contentSha256 }] of lines.entries()) {
    if (isOwn.has(id)) continue
    const next = lines.slice(index).find((line) => isOwn.has(line.deliveryId))
    const at = chain.findIndex((link) => link.deliveryId === next?.deliveryId)
    const link = { deliveryId: id, status, contentHash: contentSha256, text: null }
    chain.splice(at < 0 ? chain.length : at, 0, link)
  }
  return chain
}

function textOf(plan: ReportPlan): string | null {
  return plan.reportText === '' ? null : plan.reportText
}
