import type { ReportPlan } from '../../shared/delivery.ts'
import type { Journal } from '../journal/journal.ts'
import type { DeliveryRecord } from '../journal/records.ts'
import { chooseNext } from '../outbox/schedule.ts'
import { sendComment } from '../outbox/send-comment.ts'
import type { ReportServer, SendParts } from '../outbox/send-parts.ts'
import { sendReport } from '../outbox/send-report.ts'
import type { Happening } from '../outbox/transition.ts'
import { versionStop } from '../outbox/version-stop.ts'
import type { Happenings } from './happenings.ts'
import type { Ledger } from './ledger.ts'
import { isStorageTrouble, type Resting } from './resting.ts'

/** Works off what is queued: chooses, sends, and writes down what became of it. */
export type Sending = {
  /** Begins everything that may begin now. */
  advance(): void
  active(): number
  /** Resolves when no delivery is in hand any more. */
  settled(): Promise<void>
}

/** This station may not write to a server any more, because another one holds the folder. */
export class LeaseLost extends Error {}

export type SendingParts = Omit<
  SendParts,
  'server' | 'announce' | 'bytesOf' | 'idempotencyKey' | 'backOff' | 'backOffOf' | 'deliveredElsewhere'
> & {
  readonly journal: Journal
  readonly ledger: Ledger
  readonly happenings: Happenings
  readonly servers: ReadonlyMap<string, ReportServer>
  readonly fileBytes: (record: DeliveryRecord, plan: ReportPlan, index: number) => Promise<Uint8Array | null>
  readonly delayMs: (attempt: number, floorMs: number | null) => number
  /** Called whenever a place becomes free. */
  readonly onProgress: () => void
  readonly onBug: (error: unknown) => void
  readonly onLeaseLost: () => void
  readonly resting: Resting
  /** False while paused, on standby, or while younger drops are still being looked at. */
  readonly mayBegin: () => boolean
}

export function createSending(parts: SendingParts): Sending {
  const active = new Map<string, Promise<void>>()
  let leaseLost = false

  function advance(): void {
    if (leaseLost || !parts.mayBegin()) return
    const open = parts.journal.inStates(['queued', 'sending', 'waiting'])
    const taken = open.flatMap(({ id }) => (active.has(id) || parts.resting.has(id) ? [id] : []))
    for (const record of chooseNext(open, new Set(taken))) {
      const work = send(record)
        .catch((error: unknown) => troubled(record.id, error))
        .finally(() => {
          active.delete(record.id)
          parts.onProgress()
        })
      active.set(record.id, work)
    }
  }

  function troubled(id: string, error: unknown): void {
    if (error instanceof LeaseLost) {
      // Nothing more is begun: the station takes the lease anew first, or stands by.
      leaseLost = true
      parts.onLeaseLost()
      return
    }
    parts.resting.rest(id)
    if (isStorageTrouble(error)) parts.resting.waitForStorage(id)
    else parts.onBug(error)
  }

  async function send(record: DeliveryRecord): Promise<void> {
    const begun = parts.happenings.apply(record.id, { type: 'sending' })
    const happening = await outcomeOf(begun)
    if (happening.type === 'delivered' && begun.plan?.kind === 'report') {
      await parts.ledger.append({ ...ledgerLine(begun, begun.plan, parts.now()), what: 'delivered' })
    }
    parts.happenings.apply(record.id, happening)
  }

  async function outcomeOf(record: DeliveryRecord): Promise<Happening> {
    const { plan } = record
    if (plan === null) throw new Error('Only a planned delivery is sent.')
    const server = parts.servers.get(plan.domain)
    if (server === undefined) {
      return {
        type: 'held',
        reason: 'gone',
        message: `The practice "${plan.domain}" is no longer in the settings, so nothing was sent.`,
      }
    }
    const sendParts = partsFor(server)
    if (plan.kind === 'comment') return sendComment(sendParts, record, plan)
    return versionStop(parts.journal, record, plan) ?? sendReport(sendParts, record, plan)
  }

  function partsFor(server: ReportServer): SendParts {
    return {
      journal: parts.journal,
      server,
      now: parts.now,
      mustHoldLease: parts.mustHoldLease,
      recheck: parts.recheck,
      bytesOf: parts.fileBytes,
      idempotencyKey: (values) => parts.ledger.idempotencyKey(values),
      deliveredElsewhere: () => parts.ledger.delivered(),
      finalDiffers: parts.finalDiffers,
      announce: async (record, plan) => {
        const line = ledgerLine(record, plan, parts.now())
        const last = parts.ledger.ofContent(line.contentSha256).at(-1)
        if (last?.what === 'intent' && last.deliveryId === record.id) return
        await parts.ledger.append(line)
      },
      backOff: (record) => ({ nowMs: parts.now(), attempts: record.attempts, delayMs: parts.delayMs }),
      backOffOf: (attempts) => ({ nowMs: parts.now(), attempts, delayMs: parts.delayMs }),
    }
  }

  return {
    advance,
    active: () => active.size,
    settled: async () => {
      await Promise.all(active.values())
    },
  }
}

function ledgerLine(
  record: DeliveryRecord,
  plan: ReportPlan,
  nowMs: number,
): Parameters<Ledger['append']>[0] {
  return {
    what: 'intent',
    at: new Date(nowMs).toISOString(),
    domain: plan.domain,
    appointmentId: plan.appointmentId,
    status: plan.status,
    reportedAtUtc: plan.reportedAtUtc,
    contentSha256: plan.contentId,
    deliveryId: record.id,
  }
}
