import type { StationEvent } from '../../shared/station-event.ts'

/** Everything the station has said, and a way to wait for what it has not said yet. */
export type EventBook = {
  add(event: StationEvent): void
  find(fits: (event: StationEvent) => boolean): StationEvent | null
  /** The first event, past or to come, that fits. Rejects once {@link EventBook.close} says that no more will come. */
  waitFor(fits: (event: StationEvent) => boolean): Promise<StationEvent>
  close(reason: Error): void
}

type Waiting = {
  readonly fits: (event: StationEvent) => boolean
  readonly resolve: (event: StationEvent) => void
  readonly reject: (reason: Error) => void
}

export function createEventBook(): EventBook {
  const events: StationEvent[] = []
  const waiting = new Set<Waiting>()
  let closedBy: Error | null = null

  return {
    add(event) {
      events.push(event)
      for (const wait of waiting) {
        if (!wait.fits(event)) continue
        waiting.delete(wait)
        wait.resolve(event)
      }
    },
    find: (fits) => events.find(fits) ?? null,
    async waitFor(fits) {
      const past = events.find(fits)
      if (past !== undefined) return past
      if (closedBy !== null) throw closedBy
      const { promise, resolve, reject } = Promise.withResolvers<StationEvent>()
      waiting.add({ fits, resolve, reject })
      return promise
    },
    close(reason) {
      closedBy = reason
      for (const wait of waiting) wait.reject(reason)
      waiting.clear()
    },
  }
}
