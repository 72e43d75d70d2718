import type { ReportStatus } from '../../shared/delivery.ts'

/** One delivered report of an appointment, as the next one has to be put behind it. */
export type ChainLink = {
  readonly deliveryId: string
  readonly status: ReportStatus
  /** Equal for equal content; compared and never interpreted. */
  readonly contentHash: string
  /** What QUBS was given; null where it is not known here (another station sent it, or retention removed it). */
  readonly text: string | null
}

export type ChainPlace = {
  /** Counts the delivered reports of the appointment from 1. */
  readonly number: number
  /** The delivery whose report this one replaced in QUBS; null for the first. */
  readonly follows: string | null
  /**
   * The delivered preliminary from which this final differs, or may differ because its text is no longer known: a
   * person is asked whether the difference matters (ACR practice parameter; safety-and-standards.md 3 ST-4).
   */
  readonly differsFrom: string | null
}

/**
 * The place of a report that has just been delivered among those before it.
 * @param earlier delivered reports of the same appointment, in the order of their delivery
 */
export function placeInChain(
  delivered: Omit<ChainLink, 'deliveryId'>,
  earlier: readonly ChainLink[],
): ChainPlace {
  return {
    number: earlier.length + 1,
    follows: earlier.at(-1)?.deliveryId ?? null,
    differsFrom: preliminaryThatDiffers(delivered, earlier),
  }
}

function preliminaryThatDiffers(
  delivered: Omit<ChainLink, 'deliveryId'>,
  earlier: readonly ChainLink[],
): string | null {
  // After a final, another one is a correction, which a person has released with a reason of its own.
  if (delivered.status !== 'final' || earlier.some((link) => link.status === 'final')) return null
  const preliminary = earlier.at(-1)
  if (preliminary === undefined || preliminary.contentHash === delivered.contentHash) return null
  const isKnown = preliminary.text !== null && delivered.text !== null
  return isKnown && words(preliminary.text) === words(delivered.text) ? null : preliminary.deliveryId
}

/** Line breaks and gaps depend on the layout; everything else is what was said. */
function words(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
}
