import { EventEmitter } from 'node:events'
import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron'
import { changed } from '../host/records.ts'
import { strict } from './strict.ts'

const shown: Notification[] = []

class Notification extends EventEmitter {
  title: string
  subtitle: string
  body: string
  silent: boolean
  urgency: string
  timeoutType: string
  actions: NotificationConstructorOptions['actions']
  /** The person, or the app, has put it away. */
  closed = false

  constructor(options: NotificationConstructorOptions = {}) {
    super()
    this.title = options.title ?? ''
    this.subtitle = options.subtitle ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
    this.urgency = options.urgency ?? 'normal'
    this.timeoutType = options.timeoutType ?? 'default'
    this.actions = options.actions ?? []
    // eslint-disable-next-line no-constructor-return
    return strict('Notification', this)
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    shown.push(this)
    this.emit('show', {})
    changed()
  }
  close(): void {
    this.closed = true
    this.emit('close', {})
    changed()
  }
}

Notification satisfies new (
  ...args: never[]
) => Pick<ElectronNotification, 'show' | 'close' | 'title' | 'body'>

export { Notification }

/** All that were ever shown, oldest first. */
export function shownNotifications(): readonly Notification[] {
  return shown
}
