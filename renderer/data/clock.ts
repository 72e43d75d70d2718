import { useSyncExternalStore } from 'react'

const STEP_MS = 15_000

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, STEP_MS)
  return () => clearInterval(timer)
}

/** The time in steps of 15 s: remaining times stay true without a render each second. */
function currentStep(): number {
  return Math.floor(Date.now() / STEP_MS) * STEP_MS
}

/** Now, in milliseconds since the epoch, to the last 15 s. */
export function useNowMs(): number {
  return useSyncExternalStore(subscribe, currentStep)
}
