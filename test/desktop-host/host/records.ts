import type { Attempt, HostState, TrafficItem } from '../control.ts'

/** What the app asked of the desktop, kept for the tests; one for each host process. */
export const records = {
  traffic: [] as TrafficItem[],
  attempts: [] as Attempt[],
  openedExternally: [] as string[],
  openedPaths: [] as string[],
  dialogs: [] as HostState['dialogs'][number][],
  loginItem: null as HostState['loginItem'],
  appUserModelId: null as string | null,
  sandboxEnabled: false,
}

const watchers: (() => void)[] = []

/** Tells the test that something may have changed. */
export function changed(): void {
  for (const watcher of watchers) watcher()
}

export function onChanged(watcher: () => void): void {
  watchers.push(watcher)
}
