import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StationStatus } from '../../../shared/ipc.ts'
import { stationStatus } from '../../../shared/ipc.ts'
import { trayIconOf, trayMenu, trayWords, type TrayMenuItem } from '../../../electron/desktop/tray-face.ts'

const base: StationStatus = {
  overall: 'idle',
  paused: false,
  needsYou: 0,
  inProgress: 0,
  waiting: 0,
  deliveredToday: 0,
  folderLabel: 'Reports of Dr Smith',
  practices: [],
  secrets: 'keychain',
}

function labels(items: readonly TrayMenuItem[]): string[] {
  return items.flatMap((item) =>
    item.kind === 'separator'
      ? []
      : item.kind === 'group'
        ? [item.label, ...labels(item.items)]
        : [item.label],
  )
}

describe('the tray', () => {
  it('tells every state apart in words', () => {
    const words = stationStatus.shape.overall.options.map((overall) => trayWords({ ...base, overall }))
    expect(new Set(words).size).toBe(words.length)
  })

  it.each([
    ['idle', 'idle'],
    ['folder-unreachable', 'offline'],
    ['standby', 'paused'],
    ['not-set-up', 'needs-you'],
    ['signed-out', 'signed-out'],
  ] as const)('shows %s by the picture %s', (overall, icon) => {
    expect(trayIconOf(overall)).toBe(icon)
  })

  it('never hides that somebody is needed, nor that it is paused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...stationStatus.shape.overall.options),
        fc.integer({ min: 1, max: 99 }),
        (overall, needsYou) => {
          const words = trayWords({ ...base, overall, needsYou, paused: true })
          expect(words).toContain(needsYou === 1 ? '1 report needs you' : `${needsYou} reports need you`)
          expect(words).toContain('paused')
        },
      ),
    )
  })

  it('offers resume only while paused, and the folder only where there is one', () => {
    expect(labels(trayMenu(base, []))).toEqual(expect.arrayContaining(['Pause', 'Pause for 1 hour']))
    expect(labels(trayMenu({ ...base, paused: true }, []))).toContain('Resume')
    expect(labels(trayMenu({ ...base, paused: true }, []))).not.toContain('Pause')
    const folder = trayMenu({ ...base, folderLabel: null }, []).find(
      (item) => item.kind === 'action' && item.action === 'open-folder',
    )
    expect(folder).toMatchObject({ enabled: false })
  })

  it('tells recent outcomes by state and time alone', () => {
    const atMs = Date.parse('2026-11-20T09:41:00Z')
    const shown = labels(
      trayMenu(
        base,
        [
          { what: 'delivered', atMs },
          { what: 'needs-you', atMs },
        ],
        'UTC',
      ),
    )
    expect(shown).toEqual(expect.arrayContaining(['Delivered 09:41', 'Needs you 09:41']))
    expect(shown.join(' ')).not.toContain('Smith')
  })
})
