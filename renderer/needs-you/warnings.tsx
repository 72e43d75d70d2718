import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Glyph } from '../ui/button.tsx'
import { words } from '../words.ts'

/** What the reader of the document noticed; each is a sentence without patient data. */
export function Warnings({ warnings }: { readonly warnings: readonly string[] }): ReactNode {
  if (warnings.length === 0) return null
  return (
    <ul className="warnings" aria-label={words.needsYou.warnings}>
      {warnings.map((warning) => (
        <li key={warning}>
          <Glyph icon={TriangleAlert} tone="warn" />
          {warning}
        </li>
      ))}
    </ul>
  )
}
