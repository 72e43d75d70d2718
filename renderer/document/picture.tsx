import { useEffect, useRef, useState, type ReactNode } from 'react'
import { words } from '../words.ts'
import { useZoom, ZoomButtons } from './zoom.tsx'

/** A picture, as large as the room is, or larger. `name` is what it is called to those who cannot see it. */
export function Picture({
  bytes,
  mimeType,
  name,
}: {
  readonly bytes: Uint8Array
  readonly mimeType: string
  readonly name: string
}): ReactNode {
  const whole = useRef<HTMLDivElement>(null)
  const zoom = useZoom(whole)
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes.slice()], { type: mimeType }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes, mimeType])
  const size = `${zoom.factor * 100}%`
  return (
    <div className="pages" ref={whole}>
      <div className="pages-tools" role="toolbar" aria-label={words.document.tools}>
        <span className="pages-position" />
        <ZoomButtons zoom={zoom} fitName={words.document.fitWindow} />
      </div>
      <div className="document-image" tabIndex={0} role="region" aria-label={name}>
        {address === null ? null : <img src={address} alt={name} style={{ width: size, height: size }} />}
      </div>
    </div>
  )
}
