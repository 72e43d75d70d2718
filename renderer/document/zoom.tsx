import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react'
import { useState, type ReactNode, type RefObject } from 'react'
import { useShortcuts } from '../data/shortcuts.ts'
import { IconButton } from '../ui/button.tsx'
import { words } from '../words.ts'

const STEPS = [0.6, 0.8, 1, 1.25, 1.5, 2, 2.5, 3] as const
const FIT = STEPS.indexOf(1)

/** How large a document is shown; 1: as large as there is room for. */
export type Zoom = {
  readonly factor: number
  readonly isFit: boolean
  readonly larger: (() => void) | null
  readonly smaller: (() => void) | null
  readonly fit: () => void
}

/** `part`: the element of the document, whose keys these are. */
export function useZoom(part: RefObject<Element | null>): Zoom {
  const [step, setStep] = useState(FIT)
  const zoom: Zoom = {
    factor: STEPS[step] ?? 1,
    isFit: step === FIT,
    larger: step === STEPS.length - 1 ? null : () => setStep(step + 1),
    smaller: step === 0 ? null : () => setStep(step - 1),
    fit: () => setStep(FIT),
  }
  useShortcuts({ '+': () => zoom.larger?.(), '-': () => zoom.smaller?.(), '0': zoom.fit }, part)
  return zoom
}

/** `fitName`: what is fitted, as the button says it. */
export function ZoomButtons({ zoom, fitName }: { readonly zoom: Zoom; readonly fitName: string }): ReactNode {
  const { larger, smaller, isFit, fit } = zoom
  return (
    <>
      <IconButton
        icon={ZoomOut}
        size="small"
        name={words.needsYou.zoomOut}
        isDisabled={smaller === null}
        onPress={() => smaller?.()}
      />
      <IconButton icon={Maximize2} size="small" name={fitName} isDisabled={isFit} onPress={fit} />
      <IconButton
        icon={ZoomIn}
        size="small"
        name={words.needsYou.zoomIn}
        isDisabled={larger === null}
        onPress={() => larger?.()}
      />
    </>
  )
}
