// Bundled apart from the page, whose own jitless.ts does not reach it; before the schemas, which look when they are made.
// oxlint-disable-next-line import/no-unassigned-import -- it only sets
import '../jitless.ts'
import type { CallArgs, CallName, CallResult, DeliveryItem } from '../../shared/ipc.ts'
import type { InviteItem } from '../../shared/ipc/qualiphy-calls.ts'
import { checkInvite, previewInvite } from '../../shared/qualiphy-form.ts'
import type { Exam } from '../../shared/qualiphy.ts'
import { sameAppointment, type AppointmentKey } from '../../shared/worklist.ts'
import { sampleDeliveries } from './sample-deliveries.ts'

type QualiphyCalls = Extract<CallName, `qualiphy.${string}`>
type Answers = { readonly [Name in QualiphyCalls]: (args: CallArgs<Name>) => CallResult<Name> }

const exams: readonly Exam[] = [
  { id: 800, title: 'Good faith exam', rxType: 0 },
  { id: 801, title: 'Imaging follow-up', rxType: 0 },
  { id: 900, title: 'Contrast premedication', rxType: 1 },
  { id: 902, title: 'Weight management', rxType: 2 },
]

/** A study that has every kind of invite; all others have none. */
const invitedStudy = { domain: 'harbour', appointmentId: 'A104198' }

/**
 * A clinic without a server: an invite to exam 900 is refused, every other one goes out. The scenario “offline” has no
 * exam list, “empty” and “paused” no API key.
 */
export function qualiphyAnswers(scenario: string, nowMs: number): Answers {
  const sample = sampleComment(nowMs)
  let invites: readonly InviteItem[] = sampleInvites(nowMs, sample)
  let settings: CallResult<'qualiphy.settings'> = {
    baseUrl: 'https://api.qualiphy.me',
    invitePath: null,
    webhookUrl: null,
    inboxLabel: null,
    hasKey: scenario !== 'empty' && scenario !== 'paused',
  }
  const change = (part: Partial<typeof settings>) => {
    settings = { ...settings, ...part }
    return settings
  }
  const add = (key: AppointmentKey, part: Partial<InviteItem>): InviteItem => {
    const invite = { ...plainInvite(`sent-${invites.length}`, key, nowMs), ...part }
    invites = [invite, ...invites]
    return invite
  }
  const today = new Date(nowMs).toISOString().slice(0, 10)
  return {
    'qualiphy.study': (key) => ({
      isConfigured: settings.hasKey,
      invites: settings.hasKey ? invites.filter((invite) => sameAppointment(invite, key)) : [],
      inboxProblems: [],
    }),
    'qualiphy.exams': () =>
      scenario === 'offline'
        ? { exams: null, unreadable: 0, message: 'Qualiphy cannot be reached; check the network.' }
        : { exams: [...exams], unreadable: 1, message: null },
    'qualiphy.prepare': ({ form }) => {
      const checked = checkInvite(form, today, exams)
      return checked.ok
        ? {
            kind: 'ready',
            confirmation: JSON.stringify(form),
            preview: [...previewInvite(checked.invite)],
          }
        : { kind: 'invalid', problems: [...checked.problems] }
    },
    'qualiphy.send': ({ domain, appointmentId, form, confirmation }) => {
      const key = { domain, appointmentId }
      const earlier = invites.filter((invite) => sameAppointment(invite, key))
      if (earlier.length > 0 && confirmation !== 'again') {
        return { kind: 'ask-again', confirmation: 'again', earlier }
      }
      const ids = checkInvite(form, today, exams)
      const examIds = ids.ok ? ids.invite.exams : []
      const refused = {
        state: 'not-sent',
        code: 'prescriptive-contract',
        message:
          'The clinic has not signed the Prescriptive Services Contract (401). Nothing was sent: whoever signs for the clinic must sign it in the Qualiphy portal.',
      } as const
      const sent = {
        hasLink: true,
        exams: examIds.map((id) => ({
          patientExamId: String(id),
          examId: String(id),
          title: exams.find((exam) => exam.id === id)?.title ?? '',
          resends: 0,
          lastResend: null,
          mayResend: true,
          results: [],
        })),
      }
      return { kind: 'done', invite: add(key, { examIds, ...(examIds.includes(900) ? refused : sent) }) }
    },
    'qualiphy.resend': ({ id, patientExamId }) => {
      invites = invites.map((invite) =>
        invite.id === id
          ? {
              ...invite,
              exams: invite.exams.map((exam) =>
                exam.patientExamId === patientExamId
                  ? { ...exam, resends: exam.resends + 1, mayResend: exam.resends < 2, lastResend: 'sent' }
                  : exam,
              ),
            }
          : invite,
      )
      return { message: null }
    },
    'qualiphy.openLink': () => ({}),
    'qualiphy.copyLink': () => ({}),
    'qualiphy.showLink': ({ id }) => ({ link: `https://app.qualiphy.me/meeting/${id}` }),
    'qualiphy.addComment': ({ id }) => {
      const comment: DeliveryItem = { ...sample, id: `comment-${id}`, state: 'delivered', reason: null }
      invites = invites.map((invite) => (invite.id === id ? { ...invite, comment } : invite))
      return comment
    },
    'qualiphy.settings': () => settings,
    'qualiphy.saveSettings': (saved) =>
      change({ ...saved, baseUrl: saved.baseUrl === '' ? 'https://api.qualiphy.me' : saved.baseUrl }),
    'qualiphy.setKey': ({ apiKey }) => change({ hasKey: apiKey !== null }),
    'qualiphy.chooseInbox': () => change({ inboxLabel: 'Qualiphy results' }),
    'qualiphy.removeInbox': () => change({ inboxLabel: null }),
    'qualiphy.test': () => ({ ok: true, message: 'Qualiphy accepts the API key.' }),
  }
}

function sampleComment(nowMs: number): DeliveryItem {
  const comment = sampleDeliveries(nowMs).find(({ kind }) => kind === 'comment')
  if (comment === undefined) throw new Error('The samples have a comment.')
  return comment
}

function plainInvite(id: string, key: AppointmentKey, nowMs: number): InviteItem {
  return {
    ...key,
    id,
    at: new Date(nowMs).toISOString(),
    state: 'sent',
    message: null,
    code: null,
    examIds: [800],
    exams: [],
    hasLink: false,
    comment: null,
  }
}

function sampleInvites(nowMs: number, sample: DeliveryItem): InviteItem[] {
  const at = (hours: number) => new Date(nowMs - hours * 3_600_000).toISOString()
  const plain = plainInvite('open', invitedStudy, nowMs)
  const exam = { examId: '800', title: 'Good faith exam', lastResend: null, mayResend: true, resends: 0 }
  return [
    { ...plain, id: 'sending', at: at(0), state: 'sending' },
    {
      ...plain,
      id: 'open',
      at: at(2),
      state: 'may-have-been-sent',
      message:
        'Qualiphy had a problem of its own before it said whether it took the request. The invite may have been sent: ask the patient whether it arrived, or look in the Qualiphy portal, before you send another.',
    },
    {
      ...plain,
      id: 'sent',
      at: at(26),
      hasLink: true,
      comment: { ...sample, id: 'link-comment', state: 'waiting', reason: 'network' },
      exams: [
        {
          ...exam,
          patientExamId: '1',
          mayResend: false,
          resends: 2,
          lastResend: 'sent',
          results: [{ at: at(3), outcome: 'approved', said: 'Approved' }],
        },
        { ...exam, patientExamId: '2', examId: '801', title: 'Imaging follow-up', resends: 1, results: [] },
        {
          ...exam,
          patientExamId: '3',
          examId: '802',
          title: 'Second look',
          mayResend: false,
          results: [{ at: at(3), outcome: 'unknown', said: 'Rescheduled' }],
        },
      ],
    },
    {
      ...plain,
      id: 'refused',
      at: at(50),
      state: 'not-sent',
      code: 'unauthorized',
      message:
        'Qualiphy refused the API key (401). Nothing was sent: an administrator must enter the key of the clinic from the Qualiphy portal anew.',
    },
  ]
}
