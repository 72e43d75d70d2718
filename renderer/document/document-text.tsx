import type { ReactNode } from 'react'

/** Plain text as it was read; scrolls by keyboard and can be selected. */
export function DocumentText({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  return (
    <div className="document-text prose" tabIndex={0} role="region" aria-label={label}>
      {text}
    </div>
  )
}
