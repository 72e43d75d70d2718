import type { CallArgs, CallName, CallResult } from '../../shared/ipc.ts'
import type { SoloSettingsView, SoloVisitView, SoloWebhookItem } from '../../shared/ipc/solo-calls.ts'

type SoloCall = Extract<CallName, `solo.${string}`>
type Answers = { readonly [Name in SoloCall]: (args: CallArgs<Name>) => CallResult<Name> }

const MINUTE_MS = 60_000

/**
 * A tenant of Solo: the patient of study A104211 is waiting, that of A104198 is somebody else's, A104176 is known by its
 * links only; the others have no visit.
 */
export function soloAnswers(scenario: string, nowMs: number): Answers {
  const isConfigured = scenario !== 'first-run'
  const iso = (minutes: number) => new Date(nowMs + minutes * MINUTE_MS).toISOString()
  const scheduled: SoloVisitView = {
    id: '4711',
    status: { kind: 'waiting' },
    at: iso(-4),
    durationSeconds: 900,
    reasons: ['Results: CT Brain'],
    providers: ['Rory Smith'],
    patient: 'agrees',
  }
  const visits = new Map<string, SoloVisitView>([
    ['A104211', scheduled],
    ['A104198', { ...scheduled, id: '4712', patient: 'contradicts' }],
    ['A104176', { ...scheduled, id: null, status: null, at: null, patient: 'not-compared' }],
  ])
  const attached: CallResult<'solo.attachments'>['attachments'] = []
  let webhooks: readonly SoloWebhookItem[] = [
    {
      id: 'w-1',
      endpoint: 'https://relay.harbour.example/solo',
      events: ['appointment:scheduled', 'appointment:cancelled'],
      isKeyKept: false,
    },
  ]
  let settings: SoloSettingsView = {
    baseUrl: 'https://demo.visitnow.org',
    visitId: null,
    needsDomain: false,
    linkHosts: [],
    inboxLabel: isConfigured ? 'Webhooks' : null,
    secrets: { apiKey: isConfigured, linkingSecret: isConfigured, teamsAuthToken: false },
  }
  const change = (part: Partial<SoloSettingsView>) => {
    settings = { ...settings, ...part }
    return settings
  }
  const set = (study: string, part: Partial<SoloVisitView>) => {
    visits.set(study, { ...(visits.get(study) ?? scheduled), ...part })
  }
  return {
    'solo.visit': ({ appointmentId }) => {
      const visit = visits.get(appointmentId) ?? null
      return {
        isConfigured,
        visit: isConfigured ? visit : null,
        canBook: isConfigured && (visit === null || visit.status?.kind === 'cancelled'),
        links: isConfigured ? ['provider', 'patient', 'context'] : [],
      }
    },
    'solo.waitingRooms': () => ({
      rooms: [
        { name: 'Imaging results', service: 'Radiology · Results' },
        { name: 'Second opinion', service: '' },
      ],
    }),
    'solo.slots': ({ after, durationSeconds }) => ({
      slots: [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({
        at: new Date(Date.parse(after) + (24 * 60 - 20 * (8 - n)) * MINUTE_MS).toISOString(),
        durationSeconds: durationSeconds ?? 900,
      })),
    }),
    'solo.previewPatient': () => ({
      kind: 'create',
      fields: [
        { field: 'patientId', value: 'HB-40155' },
        { field: 'firstName', value: 'Margaret' },
        { field: 'lastName', value: 'Thompson-Reid' },
        { field: 'birthDate', value: '1961-03-28' },
        { field: 'gender', value: 'female' },
      ],
    }),
    'solo.book': ({ appointmentId, at, reasons, durationSeconds }) => {
      set(appointmentId, {
        status: { kind: 'scheduled' },
        at,
        reasons,
        durationSeconds: durationSeconds ?? 900,
      })
      return { kind: 'booked' }
    },
    'solo.adopt': ({ appointmentId, visit }) => {
      set(appointmentId, { ...scheduled, id: visit })
      return {}
    },
    'solo.reschedule': ({ appointmentId, at }) => {
      set(appointmentId, { at, status: { kind: 'scheduled' } })
      return { kind: 'done' }
    },
    'solo.cancel': ({ appointmentId }) => {
      set(appointmentId, { status: { kind: 'cancelled' } })
      return { kind: 'done' }
    },
    'solo.openLink': () => ({}),
    'solo.copyLink': () => ({}),
    'solo.note': () => ({
      notes: [
        {
          template: 'Results talk',
          comments: [{ text: 'Patient prefers the phone.', at: iso(-60), by: 'r.smith' }],
          answers: [{ question: 'Interpreter', answer: 'No' }],
        },
      ],
    }),
    'solo.attachments': () => ({
      attachments: [
        { id: 'a-1', title: 'consent.pdf', sizeBytes: 48_213, uploadedAt: iso(-90) },
        ...attached,
      ],
    }),
    'solo.reports': () => ({
      reports: [
        { delivery: '10', index: 0, file: 'A104211-report.pdf', status: 'final', sizeBytes: 184_220 },
      ],
      isWithoutPdf: false,
    }),
    'solo.attachReport': () => {
      if (attached.length > 0) return { kind: 'already-there' }
      attached.push({ id: 'a-2', title: 'A104211-report.pdf', sizeBytes: 184_220, uploadedAt: iso(0) })
      return { kind: 'attached', isNearLimit: false }
    },
    'solo.inbox': () => ({
      hints: [
        {
          event: 'appointment:scheduled',
          visit: '4711',
          at: iso(-2),
          status: { kind: 'waiting' },
          message: null,
        },
      ],
      problems: [],
    }),
    'solo.settings': () => settings,
    'solo.saveSettings': (part) => change(part),
    'solo.setSecret': ({ secret, value }) =>
      change({ secrets: { ...settings.secrets, [secret]: value !== null } }),
    'solo.test': () => ({ ok: true, message: 'Solo accepts the API key.' }),
    'solo.chooseInbox': () => change({ inboxLabel: 'Webhooks' }),
    'solo.removeInbox': () => change({ inboxLabel: null }),
    'solo.webhooks': () => ({ webhooks: [...webhooks] }),
    'solo.createWebhook': ({ endpoint, events }) => {
      webhooks = [...webhooks, { id: `w-${webhooks.length + 1}`, endpoint, events, isKeyKept: true }]
      return { kind: 'done', message: null }
    },
    'solo.updateWebhook': ({ id, endpoint, events }) => {
      webhooks = webhooks.map((one) => (one.id === id ? { ...one, endpoint, events } : one))
      return { kind: 'done' }
    },
    'solo.deleteWebhook': ({ id }) => {
      webhooks = webhooks.filter((one) => one.id !== id)
      return { kind: 'done' }
    },
    'solo.keepWebhookKey': ({ id }) => {
      webhooks = webhooks.map((one) => (one.id === id ? { ...one, isKeyKept: true } : one))
      return { message: null }
    },
  }
}
