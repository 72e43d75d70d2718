import { Notification } from 'electron'
import type { StationStatus } from '../../shared/ipc.ts'
import type { DeliveryChange } from './desk/delivery-book.ts'
import { addChanges, nothingHappened, noticesOf, type Notice, type NoticeCategory } from './notices.ts'

/** Gathers what happens for a moment and shows what {@link noticesOf} makes of it. */
export type Notifier = {
  deliveries(changes: readonly DeliveryChange[]): void
  status(status: StationStatus): void
  /** Said once in the life of a profile: closing the window does not end the work. */
  explainHiding(): void
  close(): void
}

export type NotifierParts = {
  readonly enabled: () => boolean
  readonly windowFocused: () => boolean
  readonly open: (goTo: Notice['goTo'] | null) => void
}

/** Ten reports that are delivered within this time are one notification. */
const GATHER_MS = 2_000

export function createNotifier({ enabled, windowFocused, open }: NotifierParts): Notifier {
  /** Kept until closed: a notification that is collected cannot be clicked. One of a kind; a newer one replaces it. */
  const shown = new Map<NoticeCategory | 'hiding', Notification>()
  let matter = nothingHappened
  let wasSignedOut: boolean | null = null
  let timer: NodeJS.Timeout | undefined

  function gather(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      const due = noticesOf(matter, { enabled: enabled(), windowFocused: windowFocused() })
      matter = nothingHappened
      for (const { category, title, body, goTo } of due) show(category, title, body, goTo)
    }, GATHER_MS)
  }

  function show(
    category: NoticeCategory | 'hiding',
    title: string,
    body: string,
    goTo: Notice['goTo'] | null,
  ): void {
    if (!Notification.isSupported()) return
    shown.get(category)?.close()
    const notification = new Notification({ title, body })
    notification.on('click', () => open(goTo))
    notification.on('close', () => {
      if (shown.get(category) === notification) shown.delete(category)
    })
    shown.set(category, notification)
    notification.show()
  }

  return {
    deliveries(changes) {
      matter = addChanges(matter, changes)
      gather()
    },
    status({ overall }) {
      const isSignedOut = overall === 'signed-out'
      if (isSignedOut && wasSignedOut !== true) {
        matter = { ...matter, signedOut: true }
        gather()
      }
      if (!isSignedOut) matter = { ...matter, signedOut: false }
      wasSignedOut = isSignedOut
    },
    explainHiding() {
      show(
        'hiding',
        'Radpost keeps working',
        'It stays in the tray and delivers what you drop. To end it, choose Quit there.',
        null,
      )
    },
    close() {
      clearTimeout(timer)
      for (const notification of shown.values()) notification.close()
      shown.clear()
    },
  }
}
