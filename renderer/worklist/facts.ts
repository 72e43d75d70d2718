import { useMemo } from 'react'
import type { CallResult, StationStatus } from '../../shared/ipc.ts'
import { rowId, type StudyRow } from './study-row.ts'

type Pending = CallResult<'worklist.get'>

/** What the worklist knows about its studies beside the studies themselves, by row id. */
export type Facts = {
  readonly alertCounts: ReadonlyMap<string, number>
  /** What came or changed since the person looked. */
  readonly marks: ReadonlyMap<string, 'added' | 'changed'>
  /** By domain. */
  readonly practiceNames: ReadonlyMap<string, string>
  /** IANA zone of the study's site; undefined where it is not known. */
  readonly timeZoneOf: (row: StudyRow) => string | undefined
}

/** The facts; each keeps its identity until it changes, because the order of thousands of rows hangs on it. */
export function useFacts(
  { alerts, siteZones, unseen }: Pick<Pending, 'alerts' | 'siteZones' | 'unseen'>,
  practices: StationStatus['practices'],
): Facts {
  const alertCounts = useMemo(
    () => new Map(alerts?.map((study) => [rowId(study), study.count] as const)),
    [alerts],
  )
  const marks = useMemo(
    () =>
      new Map([
        ...(unseen?.changed ?? []).map((study) => [rowId(study), 'changed'] as const),
        ...(unseen?.added ?? []).map((study) => [rowId(study), 'added'] as const),
      ]),
    [unseen],
  )
  const practiceNames = useMemo(
    () => new Map(practices.map(({ domain, name }) => [domain, name] as const)),
    [practices],
  )
  const timeZoneOf = useMemo(() => {
    const zones = new Map(
      siteZones?.map(
        ({ domain, scheduledSite, timeZone }) => [zoneKey(domain, scheduledSite), timeZone] as const,
      ),
    )
    return ({ appointment }: StudyRow) => zones.get(zoneKey(appointment.domain, appointment.scheduledSite))
  }, [siteZones])
  return useMemo(
    () => ({ alertCounts, marks, practiceNames, timeZoneOf }),
    [alertCounts, marks, practiceNames, timeZoneOf],
  )
}

function zoneKey(domain: string, site: string): string {
  return JSON.stringify([domain, site])
}
