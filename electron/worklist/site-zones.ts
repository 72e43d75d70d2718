import type { Result } from '../http/outcome.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { ianaZoneOf } from './site-time.ts'

/** Asks a practice for the settings of one of its sites (Q19). */
export type ReadSite = (siteName: string) => Promise<Result<{ readonly timeZone: string | null }>>

export type SiteZone = { readonly domain: string; readonly scheduledSite: string; readonly timeZone: string }

/** The zones of the sites on the worklist, each asked for once and again after a day. */
export type SiteZones = {
  /**
   * Asks for the sites that are not known or too old. Resolves when those that were never asked for are settled; the
   * others are renewed meanwhile. Never rejects.
   */
  learn(domain: string, siteNames: Iterable<string>): Promise<void>
  /** IANA zone; null where it is not known (yet). */
  zoneOf(domain: string, siteName: string): string | null
  known(): readonly SiteZone[]
}

/** Milliseconds after which settings are read again. */
export const RENEW_AFTER_MS = 24 * 3_600_000
/** Milliseconds after which a site whose settings could not be read is asked for again. */
export const FAILED_AFTER_MS = 15 * 60_000

const keyOf = (domain: string, siteName: string): string => JSON.stringify([domain, siteName])

/** @param readers one a practice; a practice without one has no zones. @param now milliseconds since 1970. */
export function createSiteZones(readers: ReadonlyMap<string, ReadSite>, now: () => number): SiteZones {
  const settings = createKeptAnswers<{ readonly timeZone: string | null }>(
    { renewAfterMs: RENEW_AFTER_MS, failedAfterMs: FAILED_AFTER_MS },
    now,
  )
  const sites = new Map<string, { readonly domain: string; readonly scheduledSite: string }>()
  const zoneOf = (domain: string, siteName: string): string | null =>
    ianaZoneOf(settings.peek(keyOf(domain, siteName))?.timeZone ?? null)

  return {
    async learn(domain, siteNames) {
      const read = readers.get(domain)
      if (read === undefined) return
      await Promise.all(
        [...new Set(siteNames)].map((siteName) => {
          const key = keyOf(domain, siteName)
          sites.set(key, { domain, scheduledSite: siteName })
          return settings.read(key, () => read(siteName))
        }),
      )
    },
    zoneOf,
    known: () =>
      [...sites.values()].flatMap(({ domain, scheduledSite }) => {
        const timeZone = zoneOf(domain, scheduledSite)
        return timeZone === null ? [] : [{ domain, scheduledSite, timeZone }]
      }),
  }
}
