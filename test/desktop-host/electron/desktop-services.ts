import { EventEmitter } from 'node:events'
import type { Clipboard, Display, PowerMonitor, Screen, Shell } from 'electron'
import { changed, records } from '../host/records.ts'
import { strict } from './strict.ts'

/** The small services of the desktop, which record what was asked. */

const shellStandIn = {
  async openExternal(url: string): Promise<void> {
    records.openedExternally.push(url)
    changed()
  },
  async openPath(path: string): Promise<string> {
    records.openedPaths.push(path)
    changed()
    return ''
  },
  showItemInFolder(path: string): void {
    records.openedPaths.push(path)
    changed()
  },
  beep(): void {},
} satisfies Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'>

export const shell = strict('shell', shellStandIn)

let clipboardText = ''
const clipboardStandIn = {
  async readText(): Promise<string> {
    return clipboardText
  },
  async writeText(text: string): Promise<void> {
    clipboardText = text
  },
  clear(): void {
    clipboardText = ''
  },
} satisfies Pick<Clipboard, 'readText' | 'writeText' | 'clear'>

export const clipboard = strict('clipboard', clipboardStandIn)

class PowerMonitorStandIn extends EventEmitter {
  onBatteryPower = false
  isOnBatteryPower(): boolean {
    return this.onBatteryPower
  }
  getSystemIdleTime(): number {
    return 0
  }
  getSystemIdleState(): 'active' {
    return 'active'
  }
}

PowerMonitorStandIn satisfies new () => Pick<
  PowerMonitor,
  'onBatteryPower' | 'isOnBatteryPower' | 'getSystemIdleTime' | 'getSystemIdleState'
>

export const powerMonitor = strict('powerMonitor', new PowerMonitorStandIn())

const area = { x: 0, y: 0, width: 1920, height: 1080 }
const display = {
  id: 1,
  label: 'Stand-in',
  bounds: area,
  workArea: { ...area, height: 1040 },
  size: { width: 1920, height: 1080 },
  workAreaSize: { width: 1920, height: 1040 },
  scaleFactor: 1,
  rotation: 0,
  internal: false,
} satisfies Partial<Display>

class ScreenStandIn extends EventEmitter {
  getPrimaryDisplay() {
    return display
  }
  getAllDisplays() {
    return [display]
  }
  getDisplayMatching(_rectangle: unknown) {
    return display
  }
  getDisplayNearestPoint(_point: unknown) {
    return display
  }
  getCursorScreenPoint() {
    return { x: 0, y: 0 }
  }
}

ScreenStandIn satisfies new () => { [Name in keyof Pick<Screen, 'getCursorScreenPoint'>]: Screen[Name] }

export const screen = strict('screen', new ScreenStandIn())
