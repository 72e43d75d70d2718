import type { Page } from 'playwright-core'
import type { HostState, PowerEvent, TrafficItem } from './control.ts'

/** What a spec needs of the running app: the same on the stand-in and on real Electron. */
export type Desktop = {
  readonly host: 'electron' | 'stand-in'
  readonly processId: number
  /** The page in the app's window, once it is loaded. */
  page(): Promise<Page>
  state(): Promise<HostState>
  /**
   * Waits until the state fits and gives it.
   * @throws Error that says what was waited for, after `timeLimitMs`
   */
  until(what: string, fits: (state: HostState) => boolean, timeLimitMs?: number): Promise<HostState>
  /** Everything that has crossed between main process and page so far. */
  traffic(): Promise<readonly TrafficItem[]>
  clickTray(): Promise<void>
  chooseTrayItem(...labels: readonly string[]): Promise<void>
  clickNotification(index: number): Promise<void>
  /** Answers the folder dialog that is open, or the next one; null: cancelled. */
  chooseFolder(path: string | null): Promise<void>
  /** Answers the save dialog that is open, or the next one; null: cancelled. */
  chooseSavePath(path: string | null): Promise<void>
  /** The window's close button. */
  closeWindow(): Promise<void>
  power(event: PowerEvent): Promise<void>
  /** A call to `ipcMain` as if another page, or a frame, had made it. */
  callAs(
    sender: { readonly url: string; readonly isMainFrame: boolean },
    channel: string,
    args: readonly unknown[],
  ): Promise<{ readonly ok: boolean; readonly value: unknown }>
  /** As the system's quit command; gives the exit code. */
  quit(): Promise<number | null>
  /** As a power cut. */
  kill(): Promise<void>
  /** Resolves with the exit code when the app has ended, however that came. */
  readonly exited: Promise<number | null>
  /** All that the app wrote on its standard streams. */
  output(): string
  /** Ends whatever still runs and removes what the host itself made. */
  close(): Promise<void>
}

export type DesktopOptions = {
  /** The folder that holds package.json and out/. */
  readonly appFolder: string
  /** Home of the account: `app.getPath` finds everything below it. */
  readonly homeFolder: string
  readonly environment?: NodeJS.ProcessEnv
  /** The app's own command line. */
  readonly args?: readonly string[]
  /** Below `appFolder`; only the tests of the host itself give another. */
  readonly mainBundle?: string
}
