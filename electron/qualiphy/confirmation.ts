import { bodyOfInvite } from '../../shared/qualiphy-form.ts'
import { ASK_AGAIN_HOURS, type Invite } from '../../shared/qualiphy.ts'
import { sameAppointment, type AppointmentKey } from '../../shared/worklist.ts'
import type { InviteRecord } from './invite-record.ts'

/**
 * Whether a press of the button sends an invite. A confirmation is a code that stands for exactly one case: this
 * study, this form to the letter, and the invites that this patient already had. The first request makes every code
 * given out before it worthless, so however often a code comes in, it sends once (docs/adr/0019). Pure.
 */

/** Keyed: nobody makes a code but the one who has the profile's key. */
export type KeyedHash = (purpose: string, value: string) => string

/** What a person wants to send, and to which study it belongs. */
export type Wish = { readonly key: AppointmentKey; readonly invite: Invite }

/** Stands for the patient of a form in what is kept. */
export function patientDigestOf(hash: KeyedHash, { first_name, last_name, dob }: Invite): string {
  const folded = [first_name, last_name].map((name) => name.normalize('NFKC').toLowerCase())
  return hash('qualiphy-patient', JSON.stringify([...folded, dob]))
}

/**
 * The code of a confirmation.
 * @param kind `first`: send this; `again`: send it although the patient had one not long ago
 */
export function confirmationOf(
  hash: KeyedHash,
  kind: 'first' | 'again',
  { key, invite }: Wish,
  records: readonly InviteRecord[],
): string {
  const earlier = concerning(hash, { key, invite }, records).map(({ id }) => id)
  const form = bodyOfInvite(invite, invite.additional_data ?? '')
  return hash(
    'qualiphy-confirmation',
    JSON.stringify([kind, key.domain, key.appointmentId, form, earlier.toSorted()]),
  )
}

export type Verdict =
  | { readonly kind: 'send' }
  /** One to this patient is under way: this press does nothing. */
  | { readonly kind: 'in-flight' }
  /** The code is not for this case (any more). */
  | { readonly kind: 'stale' }
  /** The patient had one for such an exam; `confirmation` sends another all the same. */
  | { readonly kind: 'ask-again'; readonly confirmation: string; readonly earlier: readonly InviteRecord[] }

/** @param records every invite that is known, as it stands now */
export function decideOn(
  hash: KeyedHash,
  wish: Wish,
  confirmation: string,
  records: readonly InviteRecord[],
  nowMs: number,
): Verdict {
  const concerned = concerning(hash, wish, records)
  if (concerned.some(({ state }) => state.state === 'sending')) return { kind: 'in-flight' }
  const again = confirmationOf(hash, 'again', wish, records)
  if (confirmation === again) return { kind: 'send' }
  if (confirmation !== confirmationOf(hash, 'first', wish, records)) return { kind: 'stale' }
  const earlier = concerned.filter((record) => isToAskAbout(record, wish.invite.exams, nowMs))
  return earlier.length === 0 ? { kind: 'send' } : { kind: 'ask-again', confirmation: again, earlier }
}

/** Invites to the same patient, also where a name was typed otherwise: a study has one patient only. */
function concerning(
  hash: KeyedHash,
  { key, invite }: Wish,
  records: readonly InviteRecord[],
): readonly InviteRecord[] {
  const patient = patientDigestOf(hash, invite)
  return records.filter((record) => record.patientDigest === patient || sameAppointment(record, key))
}

/** One that went out or may have, with an exam in common, less than a day ago; without a date where that is open. */
function isToAskAbout(record: InviteRecord, exams: readonly number[], nowMs: number): boolean {
  if (record.state.state === 'not-sent' || record.state.state === 'forgotten') return false
  if (!record.examIds.some((id) => exams.includes(id))) return false
  // Nobody knows whether this one arrived, however old it is.
  if (record.state.state === 'may-have-been-sent') return true
  return nowMs - record.confirmedAtMs < ASK_AGAIN_HOURS * 3_600_000
}
