import { createContext, use, useMemo, useState, type ReactNode } from 'react'

/**
 * The name of the person who decides, asked once and kept in memory until the window is loaded anew: workstations are
 * shared, so it is neither stored nor taken from the settings.
 */
export type Person = { readonly name: string; readonly setName: (name: string) => void }

const PersonContext = createContext<Person | null>(null)

export function PersonProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [name, setName] = useState('')
  const value = useMemo(() => ({ name, setName }), [name])
  return <PersonContext value={value}>{children}</PersonContext>
}

export function usePerson(): Person {
  const person = use(PersonContext)
  if (person === null) throw new Error('There is no person around this view.')
  return person
}
