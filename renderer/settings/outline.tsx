import { createContext, useCallback, useMemo, useState, type ReactNode, type RefObject } from 'react'
import { words } from '../words.ts'

/** A section as the outline knows it. */
export type OutlineSection = {
  readonly id: string
  readonly title: string
  readonly isUnsaved: boolean
  readonly element: HTMLElement
}

/** Enters a section into the outline; returns what takes it out. Outside of one, nothing. */
export const OutlineContext = createContext<(section: OutlineSection) => () => void>(() => () => undefined)

/** The sections that are on the page, from top to bottom, and what they register with. */
export function useOutline(): {
  readonly sections: readonly OutlineSection[]
  readonly register: (section: OutlineSection) => () => void
} {
  const [entered, setEntered] = useState<readonly OutlineSection[]>([])
  const register = useCallback((section: OutlineSection) => {
    setEntered((others) => [...others.filter(({ id }) => id !== section.id), section])
    return () => setEntered((others) => others.filter((other) => other !== section))
  }, [])
  const sections = useMemo(() => entered.toSorted(byPlace), [entered])
  return { sections, register }
}

function byPlace(a: OutlineSection, b: OutlineSection): number {
  return a.element.compareDocumentPosition(b.element) === Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1
}

/** The list of sections beside them: leads to each, says where one is, and where something is not saved. */
export function Outline({
  sections,
  page,
  current,
}: {
  readonly sections: readonly OutlineSection[]
  readonly page: RefObject<HTMLElement | null>
  readonly current: string | null
}): ReactNode {
  const goTo = ({ element }: OutlineSection) => {
    page.current?.scrollTo({ top: element.offsetTop })
    element.focus({ preventScroll: true })
  }
  return (
    <nav className="outline" aria-label={words.about.sections}>
      <ul>
        {sections.map((section) => (
          <li key={section.id}>
            <button
              type="button"
              className="outline-entry"
              aria-current={section.id === current ? 'true' : undefined}
              onClick={() => goTo(section)}
            >
              <span className="truncate">{section.title}</span>
              {section.isUnsaved ? (
                <span className="outline-unsaved" role="img" aria-label={words.about.unsaved} />
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Which section one reads: the last one that begins above a quarter of the page. */
export function sectionInSight(page: HTMLElement, sections: readonly OutlineSection[]): string | null {
  if (page.scrollTop + page.clientHeight >= page.scrollHeight - 2 && page.scrollTop > 0) {
    return sections.at(-1)?.id ?? null
  }
  const line = page.scrollTop + page.clientHeight / 4
  return sections.findLast(({ element }) => element.offsetTop <= line)?.id ?? sections[0]?.id ?? null
}
