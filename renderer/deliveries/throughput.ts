import { useEffect, useRef, useState } from 'react'
import type { DeliveryItem } from '../../shared/ipc.ts'

/** How far back the pace is looked at. */
export const PACE_MS = 5 * 60_000

export type Throughput = { readonly left: number; readonly perMinute: number }

const onTheWay: ReadonlySet<DeliveryItem['state']> = new Set(['spooled', 'queued', 'sending'])

/**
 * What is on its way, and how many a minute arrived lately; null while nothing runs. `arrivedAtMs`: when this window saw
 * each arrive. Over less than a minute it is not divided: one that has just arrived is no pace of 60.
 */
export function throughputOf(
  items: readonly Pick<DeliveryItem, 'state'>[],
  arrivedAtMs: readonly number[],
  nowMs: number,
): Throughput | null {
  const left = items.filter(({ state }) => onTheWay.has(state)).length
  if (left === 0) return null
  const recent = arrivedAtMs.filter((atMs) => nowMs - atMs <= PACE_MS)
  const minutes = Math.max(1, (nowMs - Math.min(nowMs, ...recent)) / 60_000)
  return { left, perMinute: recent.length / minutes }
}

/** Watches the list: what was on its way and is delivered now has arrived. */
export function useThroughput(items: readonly DeliveryItem[], nowMs: number): Throughput | null {
  const open = useRef<ReadonlySet<string>>(new Set())
  const [arrived, setArrived] = useState<readonly number[]>([])
  useEffect(() => {
    const now = Date.now()
    const count = items.filter(({ id, state }) => state === 'delivered' && open.current.has(id)).length
    open.current = new Set(items.filter(({ state }) => onTheWay.has(state)).map(({ id }) => id))
    if (count > 0)
      setArrived((former) => [
        ...former.filter((atMs) => now - atMs <= PACE_MS),
        ...Array.from({ length: count }, () => now),
      ])
  }, [items])
  return throughputOf(items, arrived, Math.max(nowMs, arrived.at(-1) ?? 0))
}
