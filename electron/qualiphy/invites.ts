import {
  checkInvite,
  previewInvite,
  type CheckedInvite,
  type FieldProblem,
} from '../../shared/qualiphy-form.ts'
import {
  MAX_RESENDS,
  type Exam,
  type Invite,
  type InviteField,
  type InviteView,
} from '../../shared/qualiphy.ts'
import { sameAppointment, type AppointmentKey } from '../../shared/worklist.ts'
import type { Failure, Result } from '../http/outcome.ts'
import type { Journal } from '../journal/journal.ts'
import type { Seal } from '../vault/seal.ts'
import type { ExamList, Invited } from './answers.ts'
import type { QualiphyClient } from './client.ts'
import { confirmationOf, decideOn, patientDigestOf } from './confirmation.ts'
import { createInviteStore } from './invite-store.ts'
import {
  examOf,
  interrupted,
  inviteViewOf,
  mayResend,
  resendsOf,
  whatToDo,
  type InviteHappening,
  type InviteRecord,
} from './invite-record.ts'
import { createInbox, type InboxReport } from './inbox.ts'

export type InvitesParts = {
  readonly journal: Pick<Journal, 'kept' | 'transaction'>
  readonly seal: Pick<Seal, 'keyedHash'>
  readonly client: QualiphyClient
  /** `qualiphy.inbox`, where it is set. */
  readonly inbox: string | undefined
  /** `retention.spoolDays`. */
  readonly spoolDays: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A name of its own for each invite. */
  readonly newId: () => string
  /** A code that nobody can guess: at least 128 bits as letters and digits. */
  readonly newToken: () => string
}

/** A checked form for a last look; `confirmation` is what the deliberate press hands to `send`. */
export type Prepared =
  | {
      readonly kind: 'ready'
      /** As it was understood, for further checks. */
      readonly invite: Invite
      readonly confirmation: string
      readonly preview: readonly { readonly field: InviteField; readonly value: string }[]
    }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }

export type SendOutcome =
  /** One request was made; the invite says what came of it: sent, not sent, or may have been sent. */
  | { readonly kind: 'done'; readonly invite: InviteView }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  /** Nothing was sent: one to this patient is under way. */
  | { readonly kind: 'in-flight' }
  /** Nothing was sent: something has changed since the last look; prepare it again. */
  | { readonly kind: 'stale' }
  /** Nothing was sent: the patient had one. Only a second confirmation with this code sends another. */
  | { readonly kind: 'ask-again'; readonly confirmation: string; readonly earlier: readonly InviteView[] }

export type ResendOutcome =
  | { readonly kind: 'done'; readonly invite: InviteView; readonly failure: Failure | null }
  /** Nothing was sent; one sentence says why. */
  | { readonly kind: 'refused'; readonly message: string }

export type Invites = {
  /** The clinic's exams; what came last also serves the checks of forms. */
  listExams(signal?: AbortSignal): Promise<Result<ExamList>>
  prepare(key: AppointmentKey, form: unknown): Prepared
  /** Makes at most one request, and none without a confirmation that fits; never tries again by itself. */
  send(key: AppointmentKey, form: unknown, confirmation: string, signal?: AbortSignal): Promise<SendOutcome>
  /** @param resends how many the person has seen so far: a press that was meant for an earlier state does nothing */
  resend(id: string, patientExamId: string, resends: number, signal?: AbortSignal): Promise<ResendOutcome>
  /** Newest first; of one study, or of all. */
  list(key?: AppointmentKey): InviteView[]
  /** Takes in what the site's relay has dropped. */
  lookForResults(): Promise<InboxReport>
}

/** Days for which a link may still be used (contract 5.2), and so for which its invite is kept at least. */
const LINK_DAYS = 30
const DAY_MS = 86_400_000

/**
 * The invites of one profile. Opening them says of every invite that was under way when the program ended that it may
 * have been sent, and forgets what is long over. One process at a time: the caller holds the profile's lock.
 */
export function createInvites(parts: InvitesParts): Invites {
  const { seal, client, now } = parts
  const store = createInviteStore(parts.journal, now)
  const hash = seal.keyedHash.bind(seal)
  /** Invites of which this process waits for an answer. */
  const underWay = new Set<string>()
  let exams: readonly Exam[] | null = null

  recover()
  forget()

  /** As they stand: one that says "sending" while nobody waits for it (its answer could not be written) is open. */
  function records(): InviteRecord[] {
    return store
      .all()
      .map((record) => (underWay.has(record.id) ? record : interrupted(record, record.changedAtMs)))
  }

  /** Writes down what {@link records} says of invites for which nobody waits any more. */
  function recover(): void {
    for (const record of store.all()) {
      const present = underWay.has(record.id) ? record : interrupted(record, now())
      if (present !== record) store.put(present, 'invite-interrupted')
    }
  }

  function forget(): void {
    const oldMs = now() - (LINK_DAYS + parts.spoolDays) * DAY_MS
    for (const { id, state, changedAtMs } of store.all()) {
      if (state.state !== 'forgotten' && changedAtMs < oldMs) store.change(id, { type: 'forgotten' })
    }
  }

  /** Waits for the answer of a request that is written down, and writes down what came of it. */
  async function awaited<T>(
    id: string,
    request: Promise<Result<T>>,
    happening: (result: Result<T>) => InviteHappening,
  ): Promise<{ readonly result: Result<T>; readonly invite: InviteView }> {
    underWay.add(id)
    try {
      const result = await request
      return { result, invite: viewOf(store.change(id, happening(result))) }
    } finally {
      underWay.delete(id)
    }
  }

  function checked(form: unknown): CheckedInvite {
    return checkInvite(form, localDate(now()), exams)
  }

  /** Decides and writes the attempt down in one step: from here on a crash means "may have been sent". */
  function begin(key: AppointmentKey, invite: Invite, confirmation: string) {
    return parts.journal.transaction(() => {
      recover()
      const verdict = decideOn(hash, { key, invite }, confirmation, records(), now())
      if (verdict.kind !== 'send') return verdict
      const token = parts.newToken()
      const record: InviteRecord = {
        id: parts.newId(),
        domain: key.domain,
        appointmentId: key.appointmentId,
        patientDigest: patientDigestOf(hash, invite),
        examIds: invite.exams,
        tokenHash: hash('qualiphy-token', token),
        confirmedAtMs: now(),
        changedAtMs: now(),
        state: { state: 'sending' },
      }
      store.put(record, 'invite-attempt')
      return { kind: 'begun' as const, id: record.id, token }
    })
  }

  return {
    async listExams(signal) {
      const result = await client.listExams({ signal })
      if (result.ok) ({ exams } = result.value)
      return result
    },
    prepare(key, form) {
      const read = checked(form)
      if (!read.ok) return { kind: 'invalid', problems: read.problems }
      const { invite } = read
      return {
        kind: 'ready',
        invite,
        confirmation: confirmationOf(hash, 'first', { key, invite }, records()),
        preview: previewInvite(invite),
      }
    },
    async send(key, form, confirmation, signal) {
      const read = checked(form)
      if (!read.ok) return { kind: 'invalid', problems: read.problems }
      const begun = begin(key, read.invite, confirmation)
      if (begun.kind === 'ask-again') return { ...begun, earlier: viewsOf(begun.earlier) }
      if (begun.kind !== 'begun') return begun
      const additionalData = withToken(begun.token, read.invite.additional_data)
      const request = client.invite({ invite: read.invite, additionalData, signal })
      const { invite } = await awaited(begun.id, request, afterInvite)
      return { kind: 'done', invite }
    },
    async resend(id, patientExamId, resends, signal) {
      recover()
      const record = store.all().find((known) => known.id === id)
      const exam = record === undefined ? null : examOf(record, patientExamId)
      if (record?.state.state !== 'sent' || exam === null) {
        return { kind: 'refused', message: 'There is no such invite that was sent; look at the list again.' }
      }
      if (underWay.has(id) || !mayResend(exam) || resendsOf(exam) !== resends) {
        return { kind: 'refused', message: whyNoResend(exam.results.length, resendsOf(exam)) }
      }
      const { meetingUuid } = record.state
      store.change(id, { type: 'resending', patientExamId })
      const request = client.resend({ meetingUuid, patientExamId, signal })
      const { result, invite } = await awaited(id, request, (answer) => ({
        type: 'resent',
        patientExamId,
        as: stateAfter(answer),
      }))
      return { kind: 'done', invite, failure: result.ok ? null : ofResend(result.failure) }
    },
    list: (key) =>
      viewsOf(records().filter((record) => key === undefined || sameAppointment(record, key))).toReversed(),
    lookForResults: createInbox({ folder: parts.inbox, store, hash }),
  }
}

/** The vendor gives it back with each result: nothing of the patient, and one text (contract 5.1, 5.3). */
function withToken(token: string, own: string | undefined): string {
  return JSON.stringify({ radpost: token, ...(own === undefined ? {} : { data: own }) })
}

function afterInvite(result: Result<Invited>): InviteHappening {
  if (result.ok) return { type: 'accepted', ...result.value }
  const { outcomeKnown, message, code, kind } = result.failure
  if (!outcomeKnown) return { type: 'lost', message: `${message} ${whatToDo}` }
  return { type: 'not-sent', code: code ?? kind, message: saysNothingWasSent(result.failure) }
}

/** Every sentence about an invite says whether it went out, and what to do next. */
function saysNothingWasSent({ kind, message }: Pick<Failure, 'kind' | 'message'>): string {
  if (message.includes('Nothing was sent')) return message
  const isPassing = kind === 'network' || kind === 'throttled' || kind === 'server'
  const next = isPassing ? 'try again later' : 'an administrator must check the Qualiphy settings'
  return `${message} Nothing was sent; ${next}.`
}

function stateAfter(result: Result<null>): 'sent' | 'not-sent' | 'may-have-been-sent' {
  if (result.ok) return 'sent'
  return result.failure.outcomeKnown ? 'not-sent' : 'may-have-been-sent'
}

function ofResend(failure: Failure): Failure {
  if (!failure.outcomeKnown) {
    const message = `${failure.message} The link may have been sent once more: ask the patient before you send it again.`
    return { ...failure, message }
  }
  const message =
    failure.code === 'invalid-request'
      ? `Qualiphy did not send the link again (400): the exam may be done, or its ${MAX_RESENDS} resends are used up. Send a new invite if it is still needed.`
      : saysNothingWasSent(failure)
  return { ...failure, message }
}

function whyNoResend(results: number, resends: number): string {
  if (results > 0) return 'A result has come for this exam, so its link is not sent again.'
  if (resends >= MAX_RESENDS) {
    return `The link was sent again ${MAX_RESENDS} times, which is all that Qualiphy allows; send a new invite if it is still needed.`
  }
  return 'A resend is under way, or one was made since you looked; look at the invite again.'
}

function viewsOf(records: readonly InviteRecord[]): InviteView[] {
  return records.map(inviteViewOf).filter((view) => view !== null)
}

function viewOf(record: InviteRecord): InviteView {
  const view = inviteViewOf(record)
  if (view === null) throw new Error('An invite under way cannot have been forgotten.')
  return view
}

/** `yyyy-MM-dd` in this machine's zone. */
function localDate(nowMs: number): string {
  const date = new Date(nowMs)
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${date.getFullYear()}-${month}-${day}`
}
