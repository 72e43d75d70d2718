import { FileSearch } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'

/** The system's file dialog; the page gets name and bytes, never a path. `input` must be in the page. */
export type FileDialog = { readonly open: () => void; readonly input: ReactNode }

export function useFileDialog(onFiles: (files: readonly File[]) => void): FileDialog {
  const field = useRef<HTMLInputElement>(null)
  return {
    open: () => field.current?.click(),
    input: (
      <input
        ref={field}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          // The same file may be chosen again after it was changed.
          event.target.value = ''
        }}
      />
    ),
  }
}

/** A button that opens the file dialog. */
export function FileButton({
  children,
  onFiles,
}: {
  readonly children: string
  readonly onFiles: (files: readonly File[]) => void
}): ReactNode {
  const { open, input } = useFileDialog(onFiles)
  return (
    <>
      <Button icon={FileSearch} onPress={open}>
        {children}
      </Button>
      {input}
    </>
  )
}
