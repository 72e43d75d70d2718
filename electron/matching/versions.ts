import type { ReportStatus } from '../../shared/delivery.ts'

/** What tells one version of an appointment's report from another (interfaces.md 5). */
export type Version = {
  /** Equal for equal content; compared and never interpreted. */
  readonly contentHash: string
  readonly status: ReportStatus
  /** ISO 8601 in UTC. */
  readonly reportedAtUtc: string
}

export type VersionDecision<Delivered extends Version> =
  | { readonly kind: 'send' }
  /** The first delivered version with the same content and status. */
  | { readonly kind: 'duplicate'; readonly of: Delivered }
  | { readonly kind: 'superseded' | 'already-final' | 'correction' }

/**
 * What a report means beside those already delivered for the same appointment, in the order of interfaces.md 5.
 *
 * A duplicate comes first, whatever its age, so that a re-dropped file never asks anybody anything. An equal time is
 * not older: a PDF signed off without a change keeps its time, and its final must go out after its preliminary. A
 * person's release may lift `superseded`, `already-final` and `correction`; a duplicate cannot be released, because it
 * has been delivered.
 */
export function decideVersion<Delivered extends Version>(
  candidate: Version,
  delivered: readonly Delivered[],
): VersionDecision<Delivered> {
  const same = delivered.find(
    (version) => version.contentHash === candidate.contentHash && version.status === candidate.status,
  )
  if (same !== undefined) return { kind: 'duplicate', of: same }

  const timeMs = Date.parse(candidate.reportedAtUtc)
  if (delivered.some((version) => Date.parse(version.reportedAtUtc) > timeMs)) return { kind: 'superseded' }
  if (!delivered.some((version) => version.status === 'final')) return { kind: 'send' }
  return { kind: candidate.status === 'final' ? 'correction' : 'already-final' }
}
