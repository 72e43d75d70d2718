import {
  type CallArgs,
  type CallName,
  type CallResult,
  type EventName,
  type EventPayload,
  type RadpostApi,
  type StationStatus,
} from '../../shared/ipc.ts'
import { composeAnswers } from './compose-answers.ts'
import { deskAnswers } from './desk-answers.ts'
import { historyAnswers } from './history-answers.ts'
import { sampleAnswered, sampleInspection, sampleSuggestion, sampleTrial } from './inspect-answers.ts'
import { preferencesAnswers } from './preferences-answers.ts'
import { qualiphyAnswers } from './qualiphy-answers.ts'
import { sampleDeliveries } from './sample-deliveries.ts'
import { sampleDetail, sampleStudy, weighSample } from './sample-details.ts'
import { samplePdf } from './sample-pdf.ts'
import { scheduleAnswers } from './schedule-answers.ts'
import { sampleStudies } from './sample-studies.ts'
import { soloAnswers } from './solo-answers.ts'
import { withoutSeen } from '../worklist/unseen.ts'

/** States of the whole station that the window must be looked at in. */
export const scenarios = [
  'busy',
  'empty',
  'offline',
  'never',
  'signed-out',
  'paused',
  'first-run',
  'failing',
] as const
export type Scenario = (typeof scenarios)[number]

/** A window API that answers from sample data, remembers what was asked, and lets a test push events. */
export type FakeRadpost = RadpostApi & {
  readonly asked: { readonly name: CallName; readonly args: unknown }[]
  push<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /** The data behind the answers; change it, then push. */
  readonly data: {
    appointments: CallResult<'worklist.get'>['appointments']
    deliveries: CallResult<'deliveries.list'>
    settings: CallResult<'settings.get'>
    connection: CallResult<'setup.testConnection'>
    status: StationStatus
    /** The news about studies since the person looked. */
    unseen: NonNullable<CallResult<'worklist.get'>['unseen']>
  }
}

class Refused extends Error {
  readonly code: string
  constructor(message: string, code = 'refused') {
    super(message)
    this.code = code
  }
}

export function createFakeRadpost(scenario: Scenario, nowMs: number): FakeRadpost {
  const listeners: { [Name in EventName]: Set<(payload: EventPayload<Name>) => void> } = {
    'station.changed': new Set(),
    'deliveries.changed': new Set(),
    'worklist.changed': new Set(),
    'alerts.changed': new Set(),
    'solo.changed': new Set(),
    'lock.changed': new Set(),
    navigate: new Set(),
  }
  const isEmpty = scenario === 'empty' || scenario === 'first-run' || scenario === 'never'
  const data: FakeRadpost['data'] = {
    appointments: isEmpty ? [] : sampleStudies(nowMs),
    deliveries: isEmpty ? [] : sampleDeliveries(nowMs),
    settings: sampleSettings(scenario),
    connection: { ok: true, kind: null, message: '' },
    status: sampleStatus(scenario, nowMs),
    unseen: {
      added: isEmpty ? [] : [{ domain: 'harbour', appointmentId: 'A104176' }],
      changed: isEmpty ? [] : [{ domain: 'harbour', appointmentId: 'A104183' }],
      gone: [],
    },
  }
  const push = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => {
    for (const listener of listeners[name]) listener(payload)
  }
  const setState = (id: string, state: 'queued' | 'discarded' | 'delivered') => {
    data.deliveries = data.deliveries.map((item) =>
      item.id === id ? { ...item, state, reason: null, message: null } : item,
    )
    data.status = { ...data.status, needsYou: data.deliveries.filter((item) => item.state === 'held').length }
    push('deliveries.changed', { ids: [id] })
    push('station.changed', data.status)
    return delivery(id)
  }
  const delivery = (id: string) => {
    const found = data.deliveries.find((item) => item.id === id)
    if (found === undefined) throw new Refused('There is no delivery with this id.')
    return found
  }
  const change = (part: Partial<StationStatus>) => {
    data.status = { ...data.status, ...part }
    push('station.changed', data.status)
    return {}
  }
  const answers: { [Name in CallName]: (args: CallArgs<Name>) => CallResult<Name> } = {
    ...preferencesAnswers(),
    ...historyAnswers(() => data.deliveries, nowMs),
    ...soloAnswers(scenario, nowMs),
    ...deskAnswers((payload) => push('lock.changed', payload)),
    'app.info': () => ({ version: '0.1.0', platform: 'linux', host: 'stand-in' }),
    'station.status': () => data.status,
    'station.pause': () => change({ paused: true, overall: 'paused' }),
    'station.resume': () => change({ paused: false, overall: 'needs-you' }),
    'station.openFolder': () => ({}),
    'setup.chooseFolder': () => ({ folderLabel: 'Reports' }),
    'setup.testConnection': () => data.connection,
    'setup.connect': ({ practice }) => {
      if (data.connection.ok) {
        data.settings = {
          ...data.settings,
          folderLabel: 'Reports',
          practices: [{ ...practice, signedIn: true, dateOrder: null }],
        }
        change({ overall: 'idle', folderLabel: 'Reports' })
      }
      return data.connection
    },
    'settings.get': () => data.settings,
    'settings.save': (part) => {
      data.settings = Object.assign({}, data.settings, part)
      return data.settings
    },
    'settings.setDateOrder': ({ domain, dateOrder }) => {
      data.settings = {
        ...data.settings,
        practices: data.settings.practices.map((practice) =>
          practice.domain === domain ? { ...practice, dateOrder } : practice,
        ),
      }
      return data.settings
    },
    'settings.removePractice': ({ domain }) => {
      data.settings = {
        ...data.settings,
        practices: data.settings.practices.filter((practice) => practice.domain !== domain),
      }
      return data.settings
    },
    'about.get': () => ({
      version: '0.1.0',
      host: 'stand-in',
      runtime: 'node 24.0.0',
      system: 'linux 6.12 x64',
      profileLabel: 'radpost',
    }),
    'about.saveDiagnostics': () => ({ saved: true }),
    'network.chooseCa': () => (data.settings = { ...data.settings, extraCaLabel: 'hospital-ca.pem' }),
    'network.forgetCa': () => (data.settings = { ...data.settings, extraCaLabel: null }),
    'worklist.get': () => {
      if (scenario === 'failing') throw new Refused('The worklist could not be read from this computer.')
      return {
        at: new Date(nowMs).toISOString(),
        appointments: data.appointments,
        unreadable: scenario === 'busy' ? 1 : 0,
        siteZones: [
          { domain: 'harbour', scheduledSite: 'Harbour West', timeZone: 'Australia/Perth' },
          { domain: 'harbour', scheduledSite: 'Harbour Central', timeZone: 'Australia/Sydney' },
        ],
        alerts: data.appointments
          .filter((_, index) => index === 0 || index === 5)
          .map(({ domain, appointmentId }) => ({ domain, appointmentId, count: 1 })),
        unseen: data.unseen,
      }
    },
    'worklist.refresh': () => ({}),
    'worklist.look': ({ studies }) => {
      data.unseen = withoutSeen(data.unseen, studies)
      return {}
    },
    ...scheduleAnswers(scenario, nowMs, (code, message) => {
      throw new Refused(message, code)
    }),
    'study.get': (key) => sampleStudy(key, data.appointments, data.deliveries, nowMs),
    'study.addComment': (args) => ({
      ...delivery('10'),
      id: 'new',
      state: 'queued',
      receipt: null,
      appointmentId: args.appointmentId,
    }),
    'study.attachment': ({ guid }) =>
      guid === 'text'
        ? {
            kind: 'text',
            mimeType: 'text/plain',
            bytes: new TextEncoder().encode('Referral: please see history.'),
          }
        : {
            kind: 'pdf',
            mimeType: 'application/pdf',
            bytes: samplePdf([
              ['Referral', '', 'Please perform CT brain.', 'Fall, on apixaban.'],
              ['Page two'],
            ]),
          },
    'deliveries.list': () => data.deliveries,
    'deliveries.retryAll': ({ ids }) => {
      for (const id of ids) setState(id, 'queued')
      return { retried: ids.length, left: 0 }
    },
    'deliveries.markCritical': ({ id, by, reason, told, isWithdrawn }) => {
      const entry = {
        by,
        reason,
        atUtc: new Date(nowMs).toISOString(),
        told: told === null ? null : { ...told, atUtc: told.at },
        isWithdrawn,
      }
      const marked = { ...delivery(id), critical: [...(delivery(id).critical ?? []), entry] }
      data.deliveries = data.deliveries.map((item) => (item.id === id ? marked : item))
      push('deliveries.changed', { ids: [id] })
      return marked
    },
    'deliveries.retry': ({ id }) => setState(id, 'queued'),
    'deliveries.discard': ({ id }) => setState(id, 'discarded'),
    'held.detail': ({ id }) => sampleDetail(delivery(id), data.appointments),
    'held.document': () => ({
      bytes: samplePdf([
        [
          'HARBOUR IMAGING',
          '',
          'Patient: Thomson, Margaret        DOB: 28/03/1916',
          'Patient ID: HB-40155              Sex: F',
          '',
          'CT PULMONARY ANGIOGRAM',
          '',
          'Clinical: Pleuritic chest pain, raised D-dimer.',
          '',
          'Findings: No filling defect in the main, lobar or segmental',
          'pulmonary arteries. No right heart strain. Small left effusion.',
          '',
          'Conclusion: No pulmonary embolism.',
          '',
          'Appointment: A104198',
        ],
        ['Second page'],
      ]),
    }),
    'held.weigh': ({ domain, appointmentId }) => weighSample({ domain, appointmentId }, data.appointments),
    'held.resolve': ({ id, settled }) => {
      const suggestedTemplate = sampleSuggestion(delivery(id))
      return { ...setState(id, settled === 'delivered' ? 'delivered' : 'queued'), suggestedTemplate }
    },
    'deliveries.answerDiscrepancy': (args) => {
      const answered = sampleAnswered(delivery(args.id), args, nowMs)
      data.deliveries = data.deliveries.map((item) => (item.id === args.id ? answered : item))
      push('deliveries.changed', { ids: [args.id] })
      return answered
    },
    ...composeAnswers({ data, nowMs, push: (ids) => push('deliveries.changed', { ids }) }),
    ...qualiphyAnswers(scenario, nowMs),
    'inspect.file': (args) => sampleInspection(args, data.appointments),
    'inspect.templates': sampleTrial,
  }
  const asked: { name: CallName; args: unknown }[] = []
  return {
    asked,
    data,
    push,
    async call(name, args) {
      asked.push({ name, args })
      try {
        return { ok: true, result: answers[name](args) }
      } catch (error) {
        if (error instanceof Refused) return { ok: false, code: error.code, message: error.message }
        throw error
      }
    },
    on(name, listener) {
      listeners[name].add(listener)
      return () => listeners[name].delete(listener)
    },
  }
}

function sampleStatus(scenario: Scenario, nowMs: number): StationStatus {
  const overalls = {
    busy: 'needs-you',
    empty: 'idle',
    offline: 'offline',
    never: 'offline',
    'signed-out': 'signed-out',
    paused: 'paused',
    'first-run': 'not-set-up',
    failing: 'working',
  } as const
  const isSetUp = scenario !== 'first-run'
  const isEmpty = scenario === 'empty' || scenario === 'never' || !isSetUp
  return {
    overall: overalls[scenario],
    paused: scenario === 'paused',
    needsYou: isEmpty ? 0 : 11,
    inProgress: isEmpty ? 0 : 3,
    waiting: isEmpty ? 0 : 1,
    deliveredToday: isEmpty ? 0 : 23,
    folderLabel: isSetUp ? 'Reports' : null,
    practices: isSetUp
      ? [
          {
            domain: 'harbour',
            name: 'Harbour Imaging',
            connection:
              scenario === 'offline' || scenario === 'never'
                ? 'offline'
                : scenario === 'signed-out'
                  ? 'signed-out'
                  : 'connected',
            message: scenario === 'offline' ? 'QUBS cannot be reached; check the network.' : null,
            completeAt: scenario === 'never' ? null : new Date(nowMs - 40_000).toISOString(),
            pending: 14,
            unreadable: 0,
          },
        ]
      : [],
    secrets: scenario === 'first-run' ? 'unavailable' : 'keychain',
  }
}

function sampleSettings(scenario: Scenario): CallResult<'settings.get'> {
  return {
    practices:
      scenario === 'first-run'
        ? []
        : [
            {
              domain: 'harbour',
              name: 'Harbour Imaging',
              baseUrl: 'https://partners.qubs.io',
              tokenUrl: 'https://authenticate.qubs.io/oauth2/token',
              signedIn: scenario !== 'signed-out',
              dateOrder: null,
            },
          ],
    folderLabel: scenario === 'first-run' ? null : 'Reports',
    sidecar: 'optional',
    reports: {
      pdfStatus: 'preliminary',
      unsignedSr: 'preliminary',
      finalDiffers: 'ask',
      accessionIs: 'unmapped',
    },
    identity: { elements: 2, patientIdIs: 'qubs' },
    refreshSeconds: 60,
    clinician: { name: '', providerNumber: '', email: '' },
    proxy: 'system',
    extraCaLabel: null,
    retention: { spoolDays: 7, auditDays: 2_555 },
    startAtLogin: true,
    notifications: true,
    theme: 'system',
  }
}
