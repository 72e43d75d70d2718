import type { StationStatus } from '../../shared/ipc.ts'
import type { RecentItem } from './desk/recent.ts'

/** What the tray shows: state in picture and words, never a name or a file name (design.md 1.5). Pure. */

export const trayIcons = ['idle', 'working', 'needs-you', 'paused', 'offline', 'signed-out'] as const
export type TrayIcon = (typeof trayIcons)[number]

/** Which picture stands for a state; the words tell apart what shares one. */
export function trayIconOf(overall: StationStatus['overall']): TrayIcon {
  switch (overall) {
    case 'folder-unreachable':
      return 'offline'
    case 'standby':
      return 'paused'
    case 'not-set-up':
      return 'needs-you'
    case 'idle':
    case 'working':
    case 'needs-you':
    case 'paused':
    case 'offline':
    case 'signed-out':
      return overall
  }
}

/** One line in words, the same for tooltip and menu. */
export function trayWords(status: StationStatus): string {
  const { overall, needsYou, paused } = status
  const more = [
    ...(needsYou > 0 && overall !== 'needs-you' ? [needsYouWords(needsYou)] : []),
    ...(paused && overall !== 'paused' ? ['paused'] : []),
  ]
  return [overallWords(status), ...more].join(', ')
}

function overallWords({ overall, needsYou, inProgress, waiting }: StationStatus): string {
  const open = inProgress + waiting
  switch (overall) {
    case 'idle':
      return 'nothing to do'
    case 'working':
      return open === 0 ? 'looking' : `working on ${reports(open)}`
    case 'needs-you':
      return needsYouWords(needsYou)
    case 'paused':
      return open === 0 ? 'paused' : `paused, ${reports(open)} kept`
    case 'offline':
      return 'no connection, reports are kept and sent later'
    case 'folder-unreachable':
      return 'the report folder cannot be reached'
    case 'signed-out':
      return 'signed out, connect again'
    case 'standby':
      return 'standing by for another station'
    case 'not-set-up':
      return 'not set up yet'
  }
}

function needsYouWords(count: number): string {
  return count === 1 ? '1 report needs you' : `${count} reports need you`
}

function reports(count: number): string {
  return count === 1 ? '1 report' : `${count} reports`
}

export type TrayAction =
  'open' | 'needs-you' | 'pause' | 'pause-one-hour' | 'resume' | 'open-folder' | 'deliveries' | 'quit'

export type TrayMenuItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'words'; readonly label: string }
  | {
      readonly kind: 'action'
      readonly label: string
      readonly action: TrayAction
      readonly enabled: boolean
    }
  | { readonly kind: 'group'; readonly label: string; readonly items: readonly TrayMenuItem[] }

/** @param zone IANA zone in which the times of "Recent" are told; absent: this machine's */
export function trayMenu(
  status: StationStatus,
  recent: readonly RecentItem[],
  zone?: string,
): readonly TrayMenuItem[] {
  const separator: TrayMenuItem = { kind: 'separator' }
  return [
    { kind: 'words', label: `Radpost: ${trayWords(status)}` },
    separator,
    action('Open Radpost', 'open'),
    ...(status.needsYou > 0 ? [action(needsYouWords(status.needsYou), 'needs-you')] : []),
    action('Open the report folder', 'open-folder', status.folderLabel !== null),
    separator,
    ...(status.paused
      ? [action('Resume', 'resume')]
      : [action('Pause', 'pause'), action('Pause for 1 hour', 'pause-one-hour')]),
    { kind: 'group', label: 'Recent', items: recentItems(status, recent, zone) },
    separator,
    action('Quit Radpost', 'quit'),
  ]
}

function action(label: string, name: TrayAction, enabled = true): TrayMenuItem {
  return { kind: 'action', label, action: name, enabled }
}

const recentWords: { readonly [What in RecentItem['what']]: string } = {
  delivered: 'Delivered',
  duplicate: 'Already delivered',
  'needs-you': 'Needs you',
  'comment-sent': 'Comment sent',
}

function recentItems(
  { deliveredToday }: StationStatus,
  recent: readonly RecentItem[],
  zone: string | undefined,
): readonly TrayMenuItem[] {
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(zone === undefined ? {} : { timeZone: zone }),
  })
  return [
    { kind: 'words', label: `Delivered today: ${deliveredToday}` },
    ...recent.map(({ what, atMs }): TrayMenuItem => ({
      kind: 'action',
      label: `${recentWords[what]} ${clock.format(atMs)}`,
      action: what === 'needs-you' ? 'needs-you' : 'deliveries',
      enabled: true,
    })),
  ]
}
