import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { CommentPlan, ReportPlan } from '../../shared/delivery.ts'
import type { AppointmentKey } from '../../shared/worklist.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { outboxDelayMs } from '../outbox/back-off.ts'
import { recheckComposed } from '../outbox/composed-recheck.ts'
import { sendComment } from '../outbox/send-comment.ts'
import type { ReportServer, SendParts } from '../outbox/send-parts.ts'
import { sendReport } from '../outbox/send-report.ts'
import { versionStop } from '../outbox/version-stop.ts'
import { createFileBytes } from './file-bytes.ts'
import type { Foundation } from './foundation.ts'
import { createHappenings } from './happenings.ts'

/**
 * What a person composed (a report, a comment), sent at once through the same journaled steps as a dropped report.
 * What cannot be sent within a minute stays in the journal, and the next run goes on with it.
 */

/** How long one command keeps trying. */
const PATIENCE_MS = 60_000

export type ComposedParts = Partial<Pick<SendParts, 'finalDiffers'>> & {
  readonly foundation: Foundation
  readonly server: ReportServer
  readonly now: () => number
  readonly random: () => number
  readonly signal: AbortSignal
}

export type ComposedFile = { readonly name: string; readonly bytes: Uint8Array }

/** A moment as QUBS writes it: UTC, in whole seconds (contract 1.3). */
export function utcSecondOf(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d{3}Z$/u, 'Z')
}

/** The plan of a comment on a study; its time is fixed here, never when it is sent (contract 1.6). */
export function commentPlan(
  { domain, appointmentId }: AppointmentKey,
  { type, text }: Pick<CommentPlan, 'type' | 'text'>,
  atMs: number,
): CommentPlan {
  return { kind: 'comment', domain, appointmentId, text, type, commentDateTimeUtc: utcSecondOf(atMs) }
}

/**
 * Saves the files sealed, then the delivery with its plan: from here on nothing is lost.
 * @param id of the new delivery; there must be none of this name
 */
export async function addComposed(
  { foundation, now }: Pick<ComposedParts, 'foundation' | 'now'>,
  plan: ReportPlan | CommentPlan,
  files: readonly ComposedFile[],
  id: string = randomUUID(),
): Promise<DeliveryRecord> {
  for (const file of files) await foundation.spool.save(id, file.name, file.bytes)
  return foundation.journal.add(
    {
      id,
      file: `${plan.kind === 'report' ? 'report' : 'comment'} composed for ${plan.appointmentId}`,
      kind: plan.kind === 'report' ? 'composed' : 'comment',
      original: null,
      seenAtMs: now(),
      settledAtMs: now(),
      contentSha256: plan.kind === 'report' ? plan.contentId : null,
      sizeBytes: files.reduce((sum, file) => sum + file.bytes.length, 0),
      person: null,
      plan,
      state: { state: 'queued' },
      attempts: 0,
    },
    {
      at: new Date(now()).toISOString(),
      what: 'composed',
      id,
      domain: plan.domain,
      appointmentId: plan.appointmentId,
      ...(plan.kind === 'report'
        ? { status: plan.status, confirmedBy: plan.confirmedBy }
        : { type: plan.type }),
    },
  )
}

/** Tries until it is delivered or held, or the next try lies beyond the patience of a command. */
export async function sendComposed(parts: ComposedParts, record: DeliveryRecord): Promise<DeliveryRecord> {
  const { foundation, now } = parts
  const happenings = createHappenings({ journal: foundation.journal, now, emit: () => undefined })
  const sendParts = partsFor(parts)
  const giveUpAtMs = now() + PATIENCE_MS
  for (;;) {
    const begun = happenings.apply(record.id, { type: 'sending' })
    if (begun.plan === null) throw new Error('A composed delivery has a plan.')
    const happening =
      begun.plan.kind === 'report'
        ? (versionStop(foundation.journal, begun, begun.plan) ??
          (await sendReport(sendParts, begun, begun.plan)))
        : await sendComment(sendParts, begun, begun.plan)
    const present = happenings.apply(record.id, happening)
    if (present.state.state !== 'waiting' || present.state.nextTryAtMs > giveUpAtMs) return present
    try {
      await delay(Math.max(0, present.state.nextTryAtMs - now()), undefined, { signal: parts.signal })
    } catch {
      return present
    }
    happenings.apply(record.id, { type: 'due' })
  }
}

function partsFor({ foundation, server, now, random, finalDiffers = 'ask' }: ComposedParts): SendParts {
  const files = createFileBytes(foundation.spool, '', () =>
    Promise.reject(new Error('Composed files are sent whole.')),
  )
  const delayMs = (attempt: number, floorMs: number | null): number => outboxDelayMs(attempt, floorMs, random)
  return {
    journal: foundation.journal,
    server,
    now,
    // No drop folder is involved: the profile's lock already says that nobody else sends from this journal.
    mustHoldLease: () => Promise.resolve(),
    bytesOf: (record, plan, index) => files.planned(record, plan, index),
    recheck: (_record, plan, fresh) => recheckComposed(plan, fresh),
    idempotencyKey: (values) => foundation.seal.keyedHash('idempotency', JSON.stringify(values)).slice(0, 32),
    announce: () => Promise.resolve(),
    deliveredElsewhere: () => [],
    finalDiffers,
    backOff: (record) => ({ nowMs: now(), attempts: record.attempts, delayMs }),
    backOffOf: (attempts) => ({ nowMs: now(), attempts, delayMs }),
  }
}

/** The identity of a composed report's content: its text and its files. */
export function composedContentId(text: string, files: readonly ComposedFile[]): string {
  const hash = createHash('sha256').update(text)
  for (const file of files) hash.update(createHash('sha256').update(file.bytes).digest())
  return hash.digest('hex')
}
