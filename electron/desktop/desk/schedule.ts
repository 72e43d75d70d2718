import { setTimeout as delay } from 'node:timers/promises'
import type { CallResult } from '../../../shared/ipc.ts'
import type { ScheduledItem } from '../../../shared/ipc/schedule-calls.ts'
import type { Result } from '../../http/outcome.ts'
import type { QubsClient } from '../../qubs/client.ts'
import type { ExamCode, Site } from '../../qubs/practice-schemas.ts'
import { utcMs, type Rows } from '../../qubs/schemas.ts'
import { examNames } from '../../worklist/exam-names.ts'
import { createKeptAnswers, type KeptAnswers } from '../../worklist/kept-answers.ts'
import { rowsOf, scheduleOf, type ScheduledAppointment } from '../../worklist/schedule.ts'
import { valueOf } from './call-failed.ts'
import type { HandlerParts } from './desk-handlers.ts'
import type { Handlers, ParsedArgs } from './handlers.ts'
import type { StationSession } from './station-session.ts'
import { clientOf } from './study.ts'

/** What a reporting site sees coming: the appointments of one day, with what happened to them so far. */

/** What a practice has beside the day itself, kept for a session. */
type Beside = {
  readonly sites: KeptAnswers<readonly Site[]>
  readonly exams: KeptAnswers<readonly ExamCode[]>
}

const HOUR_MS = 3_600_000
const siteTimes = { renewAfterMs: HOUR_MS, failedAfterMs: 60_000 }
const examTimes = { renewAfterMs: 24 * HOUR_MS, failedAfterMs: 15 * 60_000 }
/** Most sites of a day whose exam codes are asked for; the others show their exams by what is known of them already. */
const MAX_SITES_ASKED = 20
/** The day is shown without the words of its exam codes when they take longer than this, in milliseconds. */
const PATIENCE_MS = 3_000

export function createScheduleHandlers({
  keeper,
  now,
}: Pick<HandlerParts, 'keeper' | 'now'>): Pick<Handlers, 'schedule.get'> {
  const kept = new WeakMap<StationSession, Beside>()

  function besideOf(session: StationSession): Beside {
    const beside = kept.get(session) ?? {
      sites: createKeptAnswers<readonly Site[]>(siteTimes, now),
      exams: createKeptAnswers<readonly ExamCode[]>(examTimes, now),
    }
    kept.set(session, beside)
    return beside
  }

  return {
    'schedule.get': async (args) => {
      const session = await keeper.ready()
      return scheduleOfDay(session, besideOf(session), args, now)
    },
  }
}

/** @throws CallFailed */
async function scheduleOfDay(
  session: StationSession,
  beside: Beside,
  { domain, date, site }: ParsedArgs<'schedule.get'>,
  now: () => number,
): Promise<CallResult<'schedule.get'>> {
  const client = clientOf(session, domain)
  const filter = { appointmentDate: date, ...(site === null ? {} : { scheduledSite: site }) }
  const [day, sites] = await Promise.all([client.listAllOperational(filter), sitesOf(client, domain, beside)])
  const { items, unreadable } = valueOf(day)
  const rows = rowsOf(items, date, site)
  const atMs = now()
  const seen = new Set(rows.flatMap((row) => row.scheduledSite ?? []))
  const names = [...new Set([...(sites ?? []), ...seen])].toSorted((a, b) => a.localeCompare(b))
  const [zoneOf, exams] = await Promise.all([
    session.station.worklist.zonesOf(domain, names),
    examsOf(client, domain, seen, beside),
  ])
  const pending = new Set(
    session.station.worklist
      .lists()
      .filter((list) => list.domain === domain)
      .flatMap((list) => list.appointments.map((row) => row.appointmentId)),
  )
  return {
    at: new Date(atMs).toISOString(),
    sites: names.map((siteName) => ({ siteName, timeZone: zoneOf(siteName) })),
    isSiteKnown: site === null || sites === null || names.includes(site),
    schedule: scheduleOf(rows, zoneOf).map(({ siteName, timeZone, statuses }) => ({
      siteName,
      timeZone,
      statuses: statuses.map(({ status, appointments }) => ({
        status,
        appointments: appointments.map((row) =>
          itemOf(row, exams.get(siteName) ?? [], pending.has(row.appointmentId)),
        ),
      })),
    })),
    unreadable: unreadable.length,
  }
}

/** Names of all sites; null where the practice does not say. */
async function sitesOf(
  client: QubsClient,
  domain: string,
  beside: Beside,
): Promise<readonly string[] | null> {
  const sites = await atMost(
    beside.sites.read(domain, async () => itemsOf(await client.listSites())),
    null,
  )
  return sites?.map(({ siteName }) => siteName) ?? null
}

async function examsOf(
  client: QubsClient,
  domain: string,
  siteNames: ReadonlySet<string>,
  beside: Beside,
): Promise<ReadonlyMap<string, readonly ExamCode[]>> {
  const reading = [...siteNames].toSorted().map(async (siteName, place) => {
    const key = JSON.stringify([domain, siteName])
    if (place >= MAX_SITES_ASKED) return [siteName, beside.exams.peek(key) ?? []] as const
    const codes = beside.exams.read(key, async () => itemsOf(await client.listExamCodes(siteName)))
    return [siteName, (await atMost(codes, null)) ?? []] as const
  })
  return new Map(await Promise.all(reading))
}

function itemsOf<T>(result: Result<Rows<T>>): Result<readonly T[]> {
  return result.ok ? { ...result, value: result.value.items } : result
}

/** What is only beside the point does not hold up the day. */
async function atMost<T>(work: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([work, delay(PATIENCE_MS, otherwise, { ref: false })])
}

function itemOf(row: ScheduledAppointment, known: readonly ExamCode[], isPending: boolean): ScheduledItem {
  return {
    appointmentId: row.appointmentId,
    date: row.appointmentDate,
    startTime: row.startTime,
    endTime: row.endTime,
    startsAt: row.startsAtMs === null ? null : new Date(row.startsAtMs).toISOString(),
    modality: row.modality,
    study: row.studyDescription,
    exams: [...examNames(row.examCodes, known)],
    room: row.room,
    priority: row.priority,
    arrivedAt: momentOf(row.arrivalDateTime),
    scanStartedAt: momentOf(row.scanStartDateTime),
    scanEndedAt: momentOf(row.scanEndDateTime),
    waitingTotal: row.waitingTotalTime,
    scanTotal: row.scanTotalTime,
    isPending,
  }
}

/** One way of writing an instant; what is none stays as it came. */
function momentOf(text: string | null): string | null {
  const ms = utcMs(text)
  return ms === null ? text : new Date(ms).toISOString()
}
