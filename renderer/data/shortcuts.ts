import { useEffect, useEffectEvent, type RefObject } from 'react'
import type { ShortcutKey } from '../keys/table.ts'

/** Keys and what they do, for example `{ j: next, '/': search, 'mod+1': worklist }`: keys of keys/table.ts only. */
export type Shortcuts = { readonly [Key in ShortcutKey]?: () => void }

const bound = new Set<readonly string[]>()

/** The keys that have a handler now. */
export function boundKeys(): ReadonlySet<string> {
  return new Set([...bound].flat())
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"]') !== null
  )
}

const OVER_THE_VIEW = '[role="dialog"], [role="alertdialog"], [role="menu"]'

/** Whether something lies over the view that takes the keys; a dialog does not keep them from what is in it. */
function isCovered(part: Element | null): boolean {
  return [...document.querySelectorAll(OVER_THE_VIEW)].some((over) => part === null || !over.contains(part))
}

/**
 * Single keys work everywhere but where a person types and behind an open dialog. They are taken before the component
 * library sees them, which would otherwise search a list for that letter.
 * @param part where they belong to a part that may itself be in a dialog
 */
export function useShortcuts(shortcuts: Shortcuts, part?: RefObject<Element | null>): void {
  const table: Readonly<Record<string, (() => void) | undefined>> = shortcuts
  const handle = useEffectEvent((event: KeyboardEvent) => {
    const withModifier = event.ctrlKey || event.metaKey
    if (event.altKey || event.isComposing) return
    const action = table[withModifier ? `mod+${event.key}` : event.key]
    if (action === undefined) return
    if (!withModifier && isTyping(event.target)) return
    if (isCovered(part?.current ?? null)) return
    event.preventDefault()
    event.stopPropagation()
    action()
  })
  const keys = Object.keys(shortcuts).join(' ')
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event)
    const names = keys.split(' ')
    bound.add(names)
    document.addEventListener('keydown', listener, true)
    return () => {
      bound.delete(names)
      document.removeEventListener('keydown', listener, true)
    }
  }, [keys])
}
