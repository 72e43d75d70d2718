import type { ReactNode } from 'react'

/** A name and its value; left out where the value is missing. */
export type Fact = readonly [name: string, value: string | null]

/** Names and values below each other. */
export function Facts({
  facts,
  isMono = false,
}: {
  readonly facts: readonly Fact[]
  readonly isMono?: boolean
}): ReactNode {
  const given = facts.filter(([, value]) => value !== null && value !== '')
  return (
    <dl className="facts">
      {given.map(([name, value], index) => (
        <div key={`${name} ${index}`}>
          <dt>{name}</dt>
          <dd className={isMono ? 'selectable mono' : 'selectable'}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
