import { ChevronDown, ChevronUp, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Input, SearchField } from 'react-aria-components'
import { IconButton } from '../ui/button.tsx'
import { words } from '../words.ts'
import type { Find } from './use-find.ts'

/** The search of a document: Enter leads to the next match, Shift+Enter to the one before, Escape away. */
export function PdfFind({ find, onClose }: { readonly find: Find; readonly onClose: () => void }): ReactNode {
  const { typed, total, number, isDone } = find
  return (
    <div className="document-find" role="search">
      <SearchField
        aria-label={words.document.find}
        className="document-find-field"
        autoFocus
        value={typed}
        onChange={find.setTyped}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find.step(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') onClose()
          else event.continuePropagation()
        }}
      >
        <Input className="input" placeholder={words.document.findPlaceholder} spellCheck="false" />
      </SearchField>
      <span className="small soft document-find-count" role="status">
        {typed.trim() === ''
          ? ''
          : isDone
            ? words.document.matches({ number, total })
            : words.document.searching}
      </span>
      <IconButton
        icon={ChevronUp}
        size="small"
        name={words.document.previousMatch}
        isDisabled={total === 0}
        onPress={() => find.step(-1)}
      />
      <IconButton
        icon={ChevronDown}
        size="small"
        name={words.document.nextMatch}
        isDisabled={total === 0}
        onPress={() => find.step(1)}
      />
      <IconButton icon={X} size="small" name={words.document.findClose} onPress={onClose} />
    </div>
  )
}
