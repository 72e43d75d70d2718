import type { Result } from '../http/outcome.ts'
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

type Entry = {
  readonly domain: string
  readonly scheduledSite: string
  readonly timeZone: string | null
  readonly askAgainAtMs: number
}

const keyOf = (domain: string, siteName: string): string => JSON.stringify([domain, siteName])

/** @param readers one a practice; a practice without one has no zones. @param now milliseconds since 1970. */
export function createSiteZones(readers: ReadonlyMap<string, ReadSite>, now: () => number): SiteZones {
  const entries = new Map<string, Entry>()
  const underWay = new Map<string, Promise<void>>()

  async function ask(key: string, domain: string, siteName: string, read: ReadSite): Promise<void> {
    const result = await read(siteName).catch(() => null)
    const isKnown = result !== null && result.ok
    entries.set(key, {
      domain,
      scheduledSite: siteName,
      // A zone hardly ever changes, so a former one is better than none while the server is in trouble.
      timeZone: isKnown ? ianaZoneOf(result.value.timeZone) : (entries.get(key)?.timeZone ?? null),
      askAgainAtMs: now() + (isKnown ? RENEW_AFTER_MS : FAILED_AFTER_MS),
    })
    underWay.delete(key)
  }

  return {
    async learn(domain, siteNames) {
      const read = readers.get(domain)
      if (read === undefined) return
      const first: Promise<void>[] = []
      for (const siteName of new Set(siteNames)) {
        const key = keyOf(domain, siteName)
        const entry = entries.get(key)
        if (entry !== undefined && now() < entry.askAgainAtMs) continue
        const asking = underWay.get(key) ?? ask(key, domain, siteName, read)
        underWay.set(key, asking)
        if (entry === undefined) first.push(asking)
      }
      await Promise.all(first)
    },
    zoneOf: (domain, siteName) => entries.get(keyOf(domain, siteName))?.timeZone ?? null,
    known: () =>
      [...entries.values()].flatMap(({ domain, scheduledSite, timeZone }) =>
        timeZone === null ? [] : [{ domain, scheduledSite, timeZone }],
      ),
  }
}
