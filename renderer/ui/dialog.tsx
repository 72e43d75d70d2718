import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { words } from '../words.ts'
import { IconButton } from './button.tsx'

/** A dialog over the window. Escape and the close button leave it; `isWide` fills the window, for documents. */
export function Dialog({
  title,
  onClose,
  isWide = false,
  isAlert = false,
  children,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly isWide?: boolean
  readonly isAlert?: boolean
  readonly children: ReactNode
}): ReactNode {
  return (
    <ModalOverlay
      isOpen
      isDismissable={!isAlert}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      className="scrim"
    >
      <Modal className="modal" data-wide={isWide ? '' : undefined}>
        <AriaDialog className="dialog" role={isAlert ? 'alertdialog' : 'dialog'}>
          <div className="dialog-head">
            <Heading slot="title" level={2} className="truncate">
              {title}
            </Heading>
            <IconButton icon={X} name={words.shell.close} onPress={onClose} />
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
