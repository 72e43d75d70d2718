import { useEffect, useState, type ReactNode } from 'react'
import { words } from '../words.ts'

/** Counts down to the next try, by the second in its last hour. */
export function NextTry({ at }: { readonly at: string }): ReactNode {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((Date.parse(at) - nowMs) / 1_000))
  return (
    <span role="timer" className="small soft">
      {seconds === 0
        ? words.deliveries.nextTryNow
        : seconds < 60
          ? words.deliveries.nextTrySeconds({ seconds })
          : words.deliveries.nextTryMinutes({ minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}
    </span>
  )
}
