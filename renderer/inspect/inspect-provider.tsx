import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react'
import { FileSearch } from 'lucide-react'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'
import { InspectDialog } from './inspect-dialog.tsx'

/** Looks at files without sending them: dropped anywhere on the window, or chosen. */
type InspectFiles = (files: readonly File[]) => void

const InspectContext = createContext<InspectFiles | null>(null)

/**
 * Takes what is dropped on the window. A page that does not would be left for the file. Where a part of a view has a
 * use of its own for a file, it takes the event first (`preventDefault`).
 */
export function InspectProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [isOver, setIsOver] = useState(false)
  const [taken, setTaken] = useState<{ readonly number: number; readonly files: readonly File[] } | null>(
    null,
  )
  const inspect = useMemo(
    (): InspectFiles => (files) => {
      if (files.length > 0) setTaken((former) => ({ number: (former?.number ?? 0) + 1, files }))
    },
    [],
  )
  useEffect(() => {
    const over = (event: DragEvent) => {
      const isOurs = !event.defaultPrevented && hasFiles(event)
      setIsOver(isOurs)
      if (isOurs && event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      event.preventDefault()
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false)
    }
    const drop = (event: DragEvent) => {
      setIsOver(false)
      if (!event.defaultPrevented && hasFiles(event)) inspect([...(event.dataTransfer?.files ?? [])])
      event.preventDefault()
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [inspect])
  return (
    <InspectContext value={inspect}>
      {children}
      {isOver ? (
        <div className="drop-here">
          <div role="status">
            <Glyph icon={FileSearch} />
            <p className="strong">{words.inspect.dropHere}</p>
            <p>{words.inspect.dropHereDetail}</p>
          </div>
        </div>
      ) : null}
      {taken === null ? null : (
        <InspectDialog key={taken.number} files={taken.files} onClose={() => setTaken(null)} />
      )}
    </InspectContext>
  )
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true
}

export function useInspect(): InspectFiles {
  const inspect = use(InspectContext)
  if (inspect === null) throw new Error('There is nothing around this view that looks at files.')
  return inspect
}
