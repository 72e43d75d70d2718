import { useId, type ReactNode } from 'react'

/** One of many, in the system's own list: it takes typing, and it is as long as it has to be. */
export function Picker({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [value: string, name: string])[]
  readonly onChange: (value: string) => void
}): ReactNode {
  const id = useId()
  return (
    <span className="picker">
      <label htmlFor={id} className="small soft">
        {label}
      </label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}
