import { Copy } from 'lucide-react'
import { useCallback, type ReactNode } from 'react'
import { useAction } from '../data/radpost.ts'
import { words } from '../words.ts'
import { Button, IconButton } from './button.tsx'
import { useAnnounce } from './messages.tsx'

/** Copies through the main process, which takes it off the clipboard after a minute: never `navigator.clipboard`. */
export function useCopy(): (text: string) => void {
  const { mutate } = useAction('desk.copy')
  const announce = useAnnounce()
  return useCallback(
    (text) =>
      mutate({ text }, { onSuccess: () => announce.done(words.lock.copied), onError: announce.failed }),
    [mutate, announce],
  )
}

/**
 * Copies a name, an id or a link.
 * @param name what the button says and is called, for example "Copy link"
 * @param isIconOnly the name is spoken, and shown on hover and focus
 */
export function CopyButton({
  text,
  name,
  isIconOnly = false,
}: {
  readonly text: string
  readonly name: string
  readonly isIconOnly?: boolean
}): ReactNode {
  const copy = useCopy()
  if (isIconOnly) return <IconButton icon={Copy} size="small" name={name} onPress={() => copy(text)} />
  return (
    <Button icon={Copy} size="small" onPress={() => copy(text)}>
      {name}
    </Button>
  )
}
