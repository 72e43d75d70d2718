import type { CallArgs, CallResult } from '../../shared/ipc.ts'
import type { ScheduledItem } from '../../shared/ipc/schedule-calls.ts'

type Answers = {
  readonly [Name in 'schedule.get' | 'study.saveAttachment']: (args: CallArgs<Name>) => CallResult<Name>
}

const MINUTE_MS = 60_000

/**
 * A day of two sites: patients who are expected, who wait, who are being scanned and who are done. Any day has it but
 * those of 2020, which are free; a site of another name is not known. The scenario “offline” has no answer, and “failing” a mistake of ours.
 * @param refuse throws what the window gets as a failed call
 */
export function scheduleAnswers(
  scenario: string,
  nowMs: number,
  refuse: (code: string, message: string) => never,
): Answers {
  return {
    'study.saveAttachment': () => ({ saved: true }),
    'schedule.get'({ date, site }) {
      if (scenario === 'offline') refuse('network', 'QUBS cannot be reached; check the network.')
      if (scenario === 'failing') refuse('internal', 'Radpost made a mistake of its own; the log says more.')
      const sites = [
        { siteName: 'Harbour Central', timeZone: 'Australia/Sydney' },
        { siteName: 'Harbour West', timeZone: 'Australia/Perth' },
        { siteName: 'Island', timeZone: null },
      ]
      const isFree = date.startsWith('2020') || scenario === 'empty'
      const schedule = isFree
        ? []
        : sites.slice(0, 2).filter(({ siteName }) => site === null || site === siteName)
      return {
        at: new Date(nowMs).toISOString(),
        sites,
        isSiteKnown: site === null || sites.some(({ siteName }) => siteName === site),
        schedule: schedule.map(({ siteName, timeZone }, index) => ({
          siteName,
          timeZone,
          statuses: statusesOf(date, nowMs, index),
        })),
        unreadable: 0,
      }
    },
  }
}

function statusesOf(date: string, nowMs: number, site: number) {
  const ago = (minutes: number) => new Date(nowMs - minutes * MINUTE_MS).toISOString()
  const item = (number: number, study: string, more: Partial<ScheduledItem> = {}): ScheduledItem => ({
    appointmentId: `A1050${site}${number}`,
    date,
    startTime: `${String(8 + number).padStart(2, '0')}:15:00`,
    endTime: `${String(8 + number).padStart(2, '0')}:45:00`,
    startsAt: `${date}T0${number}:15:00.000Z`,
    modality: study.slice(0, 2),
    study,
    exams: [study],
    room: `Room ${number}`,
    priority: number === 1 ? 'Urgent' : 'Routine',
    arrivedAt: null,
    scanStartedAt: null,
    scanEndedAt: null,
    waitingTotal: null,
    scanTotal: null,
    isPending: false,
    ...more,
  })
  return [
    { status: 'ARRIVED', appointments: [item(1, 'CT Chest', { arrivedAt: ago(25) })] },
    { status: 'NOT ARRIVED', appointments: [item(3, 'US Thyroid'), item(4, 'MR Right knee')] },
    {
      status: 'PENDING REPORTING',
      appointments: [
        item(0, 'CT Brain, non-contrast', {
          appointmentId: site === 0 ? 'A104211' : 'A104198',
          arrivedAt: ago(130),
          scanStartedAt: ago(118),
          scanEndedAt: ago(105),
          waitingTotal: 12,
          scanTotal: 13,
          isPending: true,
        }),
      ],
    },
    {
      status: 'SCANNING',
      appointments: [item(2, 'MR Lumbar spine', { arrivedAt: ago(45), scanStartedAt: ago(8) })],
    },
  ]
}
