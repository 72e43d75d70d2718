import type { InviteItem, TypedInvite } from '../../../shared/ipc/qualiphy-calls.ts'
import type { InviteView } from '../../../shared/qualiphy.ts'
import { sameAppointment } from '../../../shared/worklist.ts'
import type { DeliveryRecord } from '../../journal/records.ts'
import { commentTextOf } from '../../qualiphy/comment-text.ts'
import { guardMeetingLink } from '../../qualiphy/link-guard.ts'
import { contradictsStudy } from '../../qualiphy/study-patient.ts'
import { addInviteComment } from '../../station/invites.ts'
import type { Acts } from './acts.ts'
import { CallFailed, valueOf } from './call-failed.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { Handlers } from './handlers.ts'
import { hasQualiphyKey } from './qualiphy-settings.ts'
import type { StationSession } from './station-session.ts'
import { clientOf } from './study.ts'

type StudyCalls = `qualiphy.${
  'study' | 'exams' | 'prepare' | 'send' | 'resend' | 'openLink' | 'copyLink' | 'showLink' | 'addComment'}`

/** The Qualiphy panel of a study: invites, their links and their results (docs/qualiphy.md). */
export function createQualiphyHandlers(
  { keeper, host, vault, now }: Pick<HandlerParts, 'keeper' | 'host' | 'vault' | 'now'>,
  { itemOf }: Pick<Acts, 'itemOf'>,
): Pick<Handlers, StudyCalls> {
  /** A second press while the first is under way gets the first one's answer. */
  const commenting = new Map<string, Promise<DeliveryRecord>>()

  function shown(session: StationSession, invite: InviteView): InviteItem {
    const { link, meetingUuid: _, ...view } = invite
    const comment = link === null ? undefined : commentOf(session, { ...invite, link })
    return { ...view, hasLink: link !== null, comment: comment === undefined ? null : itemOf(comment) }
  }

  async function addComment(session: StationSession, invite: InviteView & { link: string }) {
    const written = commentOf(session, invite)
    if (written !== undefined) return written
    const { foundation, station } = session
    const server = clientOf(session, invite.domain)
    const record = valueOf(await addInviteComment({ foundation, server, now }, invite))
    station.wake()
    return record
  }

  return {
    'qualiphy.study': async ({ domain, appointmentId }) => {
      const session = await keeper.ready()
      const { problems, fault } = await session.invites.lookForResults()
      const sentences = [...problems.map(({ message }) => message), ...(fault === null ? [] : [fault])]
      return {
        isConfigured: await hasQualiphyKey(vault()),
        invites: session.invites.list({ domain, appointmentId }).map((invite) => shown(session, invite)),
        inboxProblems: [...new Set(sentences)],
      }
    },
    'qualiphy.exams': async () => {
      const { invites } = await keeper.ready()
      const listed = await invites.listExams()
      return listed.ok
        ? { exams: [...listed.value.exams], unreadable: listed.value.unreadable, message: null }
        : { exams: null, unreadable: 0, message: listed.failure.message }
    },
    'qualiphy.prepare': async ({ form, ...key }) => {
      const session = await keeper.ready()
      // As QUBS has it now: the invite must be about the patient of this very study.
      const study = valueOf(await clientOf(session, key.domain).getPending(key.appointmentId))
      const prepared = session.invites.prepare(key, whole(session, form))
      if (prepared.kind === 'invalid') return { kind: 'invalid', problems: [...prepared.problems] }
      const contradictions = contradictsStudy(prepared.invite, study)
      if (contradictions.length > 0) return { kind: 'invalid', problems: [...contradictions] }
      const { confirmation, preview } = prepared
      return { kind: 'ready', confirmation, preview: [...preview] }
    },
    'qualiphy.send': async ({ form, confirmation, ...key }) => {
      const session = await keeper.ready()
      const sent = await session.invites.send(key, whole(session, form), confirmation)
      switch (sent.kind) {
        case 'done':
          return { kind: 'done', invite: shown(session, sent.invite) }
        case 'invalid':
          return { kind: 'invalid', problems: [...sent.problems] }
        case 'ask-again':
          return { ...sent, earlier: sent.earlier.map((invite) => shown(session, invite)) }
        case 'in-flight':
        case 'stale':
          return sent
      }
    },
    'qualiphy.resend': async ({ id, patientExamId, resendsShown }) => {
      const { invites } = await keeper.ready()
      const sent = await invites.resend(id, patientExamId, resendsShown)
      return { message: sent.kind === 'refused' ? sent.message : (sent.failure?.message ?? null) }
    },
    'qualiphy.openLink': async ({ id }) => {
      const session = await keeper.ready()
      const link = guardMeetingLink(linkedInvite(session, id).link, session.settings.qualiphy)
      if (link === null) {
        throw new CallFailed(
          'refused',
          'Qualiphy gave a link that does not lead to Qualiphy, so it was not opened. Look the meeting up in the Qualiphy portal.',
        )
      }
      await host.openAddress(link)
      return {}
    },
    'qualiphy.copyLink': async ({ id }) => {
      const { link } = linkedInvite(await keeper.ready(), id)
      await host.clipboard.copyText(link, { sensitive: true })
      return {}
    },
    'qualiphy.showLink': async ({ id }) => ({ link: linkedInvite(await keeper.ready(), id).link }),
    'qualiphy.addComment': async ({ id }) => {
      const session = await keeper.ready()
      const present = commenting.get(id)
      const adding = present ?? addComment(session, linkedInvite(session, id))
      if (present === undefined) commenting.set(id, adding)
      try {
        return itemOf(await adding)
      } finally {
        commenting.delete(id)
      }
    },
  }
}

/** As it will be sent: where the form has no address for results, that of the settings counts. */
function whole(session: StationSession, form: TypedInvite): TypedInvite {
  const { webhookUrl } = session.settings.qualiphy
  const own = form.webhook_url
  const isBlank = own === undefined || (typeof own === 'string' && own.trim() === '')
  return isBlank && webhookUrl !== undefined ? { ...form, webhook_url: webhookUrl } : form
}

/** @throws CallFailed */
function linkedInvite({ invites }: StationSession, id: string): InviteView & { link: string } {
  const invite = invites.list().find((known) => known.id === id)
  if (invite === undefined || invite.link === null) {
    throw new CallFailed('not-found', 'This invite has no link (any more); look at the list again.')
  }
  return { ...invite, link: invite.link }
}

/** The comment that was written for this very invite; a person may have thought better of one. */
function commentOf(
  { book }: StationSession,
  invite: InviteView & { link: string },
): DeliveryRecord | undefined {
  const text = commentTextOf(invite)
  return book
    .all()
    .findLast(
      ({ plan, state }) =>
        plan?.kind === 'comment' &&
        sameAppointment(plan, invite) &&
        plan.text === text &&
        state.state !== 'discarded' &&
        state.state !== 'withdrawn',
    )
}
