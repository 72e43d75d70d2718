import { useEffect, useEffectEvent } from 'react'

/** Keys and what they do, for example `{ j: next, '/': search, 'mod+1': worklist }`. */
export type Shortcuts = Readonly<Record<string, () => void>>

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"]') !== null
  )
}

/**
 * Single keys work everywhere but where a person types and behind an open dialog. They are taken before the component
 * library sees them, which would otherwise search a list for that letter.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    const withModifier = event.ctrlKey || event.metaKey
    if (event.altKey || event.isComposing) return
    const action = shortcuts[withModifier ? `mod+${event.key}` : event.key]
    if (action === undefined) return
    if (!withModifier && isTyping(event.target)) return
    if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return
    event.preventDefault()
    event.stopPropagation()
    action()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event)
    document.addEventListener('keydown', listener, true)
    return () => document.removeEventListener('keydown', listener, true)
  }, [])
}
