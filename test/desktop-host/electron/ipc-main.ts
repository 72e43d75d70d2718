import { EventEmitter } from 'node:events'
import type { IpcMain } from 'electron'
import { strict } from './strict.ts'

type Handler = (event: unknown, ...args: unknown[]) => unknown

class IpcMainStandIn extends EventEmitter {
  private handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.handlers.set(channel, handler)
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel)
      return handler(event, ...args)
    })
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }

  /** @throws what the handler throws, in the words that reach a page */
  async invoke(channel: string, event: unknown, args: readonly unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel)
    if (handler === undefined)
      throw new Error(
        `Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`,
      )
    try {
      return await handler(event, ...args)
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error })
    }
  }
}

IpcMainStandIn satisfies new () => Pick<IpcMain, 'removeHandler'> &
  Record<keyof Pick<IpcMain, 'handle' | 'handleOnce'>, unknown>

export const ipcMain = strict('ipcMain', new IpcMainStandIn())
