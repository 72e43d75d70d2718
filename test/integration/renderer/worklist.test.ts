import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultPreferences, noFilters } from '../../../shared/preferences.ts'
import { words } from '../../../renderer/words.ts'
import { buildWindow, missingBrowser, type BuiltWindow } from './built-window.ts'
import { accessibilityViolations, asked, goTo } from './in-window.ts'

const say = words.worklist

function list(page: Page) {
  return page.getByRole('grid', { name: say.table })
}

function rowOf(page: Page, name: string) {
  return list(page).getByRole('row').filter({ hasText: name })
}

function chip(page: Page, name: string) {
  return page.getByRole('group', { name: say.filters }).getByRole('button', { name: new RegExp(`^${name}`) })
}

function scrolled(page: Page): Promise<unknown> {
  return page.evaluate(`document.querySelector('[role="grid"]').scrollTop`)
}

/** Changes the sample data and tells the window. */
function change(page: Page, code: string): Promise<void> {
  return page.evaluate(`{ const { data, push } = window.fakeRadpost; ${code} }`)
}

describe.skipIf(missingBrowser !== null)(`the worklist (${missingBrowser ?? 'Chromium'})`, () => {
  let built: BuiltWindow
  beforeAll(async () => {
    built = await buildWindow()
  })
  afterAll(async () => {
    await built.close()
  })

  async function inWorklist(
    act: (page: Page) => Promise<void>,
    { scenario = 'busy', size = { width: 1280, height: 800 } } = {},
  ): Promise<void> {
    const opened = await built.open({ scenario, size })
    try {
      await act(opened.page)
      expect(opened.complaints).toEqual([])
      expect(opened.strayRequests).toEqual([])
    } finally {
      await opened.page.context().close()
    }
  }

  const states: Readonly<Record<string, readonly [scenario: string, open: (page: Page) => Promise<void>]>> = {
    'with every column': [
      'busy',
      async (page) => {
        await page.getByRole('button', { name: say.columnMenu.title }).click()
        for (const name of [say.columns.age, say.columns.site, say.columns.scheduled, say.columns.alerts]) {
          await page.getByRole('checkbox', { name, exact: true }).click({ force: true })
        }
        await page.keyboard.press('Escape')
        await list(page).getByRole('columnheader', { name: say.columns.alerts }).waitFor()
      },
    ],
    'with the columns to choose': [
      'busy',
      async (page) => {
        await page.getByRole('button', { name: say.columnMenu.title }).click()
        await page.getByRole('checkbox', { name: say.columns.site }).waitFor()
      },
    ],
    'with a filter open': [
      'busy',
      async (page) => {
        await chip(page, say.filter.sites).click()
        await page.getByRole('menuitemcheckbox', { name: 'Harbour West' }).waitFor()
      },
    ],
    'with its views open': [
      'busy',
      async (page) => {
        await page.getByRole('button', { name: say.views.chosen({ name: say.views.builtIn.all }) }).click()
        await page.getByRole('menuitemradio', { name: say.views.builtIn.overdue }).waitFor()
      },
    ],
    'with the menu of a row': [
      'busy',
      async (page) => {
        await rowOf(page, 'Okonkwo').click({ button: 'right' })
        await page.getByRole('menuitem', { name: say.rowMenu.report }).waitFor()
      },
    ],
    compact: [
      'busy',
      async (page) => {
        await goTo(page, words.shell.settings)
        await page.getByText(words.settings.densityOptions.compact, { exact: true }).click()
        await goTo(page, words.shell.worklist)
        await rowOf(page, 'Okonkwo').waitFor()
      },
    ],
    'without a match': [
      'busy',
      async (page) => {
        await page.getByRole('searchbox', { name: say.search }).fill('zzz')
        await page.getByText(say.nothingFound).waitFor()
      },
    ],
    empty: ['empty', (page) => page.getByText(say.empty).waitFor()],
    'never read': ['never', (page) => page.getByText(say.offline, { exact: true }).last().waitFor()],
    offline: ['offline', (page) => page.locator('[data-truth="offline"]').waitFor()],
    'signed out': ['signed-out', (page) => page.locator('[data-truth="signed-out"]').waitFor()],
    failing: ['failing', (page) => page.getByRole('button', { name: words.shell.tryAgain }).waitFor()],
  }

  for (const [name, [scenario, open]] of Object.entries(states)) {
    it(`is accessible in light and dark ${name}`, async () => {
      await inWorklist(
        async (page) => {
          await open(page)
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme })
            expect({ colorScheme, violations: await accessibilityViolations(page) }).toEqual({
              colorScheme,
              violations: [],
            })
          }
        },
        { scenario },
      )
    })
  }

  it('combines filters and search, says what each choice would show, and gives everything back', async () => {
    await inWorklist(async (page) => {
      await chip(page, say.filter.modalities).click()
      const ct = page.getByRole('menuitemcheckbox', { name: /^CT/ })
      expect(await ct.textContent()).toContain('4')
      await ct.click()
      await page.keyboard.press('Escape')
      await page.getByText(say.shown({ number: 4, total: 14 })).waitFor()
      await chip(page, say.filter.isOverdue).click()
      await page.getByText(say.shown({ number: 1, total: 14 })).waitFor()
      expect(await list(page).getByRole('row').count()).toBe(2)
      await page.getByRole('searchbox', { name: say.search }).fill('kowalczyk')
      await page.getByText(say.nothingFound).waitFor()
      await page.getByRole('button', { name: say.clearAll }).click()
      await page.getByText(say.pending({ number: 14 })).waitFor()
    })
  })

  it('keeps a view over a new start, renames it, and takes its deletion back', async () => {
    await inWorklist(async (page) => {
      await chip(page, say.filter.hasAlerts).click()
      await page.getByText(say.shown({ number: 2, total: 14 })).waitFor()
      const views = page.getByRole('button', { name: /^View: / })
      await views.click()
      await page.getByRole('menuitem', { name: say.views.save }).click()
      await page.getByRole('button', { name: say.views.saveButton }).click()
      await page.getByText(say.views.nameProblems.missing).waitFor()
      await page.getByRole('textbox', { name: say.views.name }).fill('Call first')
      await page.keyboard.press('Enter')
      await page
        .getByRole('button', { name: say.views.chosen({ name: 'Call first' }), exact: true })
        .waitFor()

      await page.reload()
      await page
        .getByRole('button', { name: say.views.chosen({ name: 'Call first' }), exact: true })
        .waitFor()
      await page.getByText(say.shown({ number: 2, total: 14 })).waitFor()
      await chip(page, say.filter.isOverdue).click()
      await page.getByRole('button', { name: say.views.chosenChanged({ name: 'Call first' }) }).waitFor()
      await views.click()
      await page.getByRole('menuitem', { name: say.views.back({ name: 'Call first' }) }).click()
      await page.getByText(say.shown({ number: 2, total: 14 })).waitFor()

      await views.click()
      await page.getByRole('menuitem', { name: say.views.rename }).click()
      await page.getByRole('textbox', { name: say.views.name }).fill('Phone')
      await page.getByRole('button', { name: say.views.renameButton, exact: true }).click()
      await page.getByRole('button', { name: say.views.chosen({ name: 'Phone' }), exact: true }).waitFor()
      await views.click()
      await page.getByRole('menuitem', { name: say.views.delete }).click()
      await page.getByText(say.views.deleted({ name: 'Phone' })).waitFor()
      await page.getByRole('button', { name: say.views.undo }).click()
      await page.getByRole('button', { name: say.views.chosen({ name: 'Phone' }), exact: true }).waitFor()
      expect((await asked(page, 'preferences.save')).at(-1)).toMatchObject({
        worklist: { viewId: expect.any(String), views: [{ name: 'Phone', filters: { hasAlerts: true } }] },
      })
    })
  })

  it('never keeps what was searched for', async () => {
    await inWorklist(async (page) => {
      await page.getByRole('searchbox', { name: say.search }).fill('okonkwo')
      await chip(page, say.filter.hasAlerts).click()
      await page.getByText(say.shown({ number: 1, total: 14 })).waitFor()
      expect(JSON.stringify(await asked(page, 'preferences.save'))).not.toContain('okonkwo')
    })
  })

  it('chooses, moves and resizes columns by keyboard, remembers them, and gives the usual ones back', async () => {
    await inWorklist(async (page) => {
      const headers = () => list(page).getByRole('columnheader').allTextContents()
      await page.getByRole('button', { name: say.columnMenu.title }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('checkbox', { name: say.columns.site, exact: true }).focus()
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: say.columnMenu.later({ name: say.columns.due }) }).focus()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      expect((await headers()).slice(0, 5)).toEqual([
        say.columns.patient,
        say.columns.due,
        say.columns.modality,
        say.columns.study,
        say.columns.site,
      ])

      const patient = list(page).getByRole('columnheader', { name: say.columns.patient })
      await patient.getByRole('button').focus()
      const before = (await patient.boundingBox())?.width ?? 0
      await page.keyboard.press('Shift+ArrowRight')
      await page.waitForFunction(
        `document.querySelector('[data-column="patient"]').offsetWidth === ${Math.round(before) + 16}`,
      )
      await page.keyboard.press('Alt+ArrowRight')
      await page.waitForFunction(`document.querySelector('[role="columnheader"]').dataset.column === 'due'`)
      await page.keyboard.press('Enter')
      expect(await patient.getAttribute('aria-sort')).toBe('ascending')

      await page.reload()
      await list(page).getByRole('columnheader', { name: say.columns.site }).waitFor()
      expect((await headers())[1]).toBe(say.columns.patient)
      expect(Math.round((await patient.boundingBox())?.width ?? 0)).toBe(Math.round(before) + 16)
      await page.getByRole('button', { name: say.columnMenu.title }).click()
      await page.getByRole('button', { name: say.columnMenu.reset }).click()
      await page.keyboard.press('Escape')
      await list(page).getByRole('columnheader', { name: say.columns.site }).waitFor({ state: 'detached' })
    })
  })

  it('resizes a column by its edge', async () => {
    await inWorklist(async (page) => {
      const patient = list(page).getByRole('columnheader', { name: say.columns.patient })
      const box = await patient.boundingBox()
      if (box === null) throw new Error('The column is not in sight.')
      await page.mouse.move(box.x + box.width, box.y + 17)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width + 60, box.y + 17, { steps: 4 })
      await page.mouse.up()
      const saved = await asked(page, 'preferences.save')
      expect(saved).toHaveLength(1)
      expect(Math.abs(((await patient.boundingBox())?.width ?? 0) - box.width - 60)).toBeLessThan(2)
    })
  })

  it('acts on a row by keyboard: move, menu, comment, report', async () => {
    await inWorklist(async (page) => {
      await rowOf(page, 'Okonkwo').waitFor()
      for (const key of ['j', 'j', 'End', 'Home', 'ArrowDown']) await page.keyboard.press(key)
      const focused = () => page.locator(':focus').textContent()
      expect(await focused()).toContain('Thompson-Reid')
      await page.keyboard.press('Shift+F10')
      await page.getByRole('menuitem', { name: say.rowMenu.open }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('menuitem', { name: say.rowMenu.open }).waitFor({ state: 'detached' })
      expect(await focused()).toContain('Thompson-Reid')
      await page.keyboard.press('c')
      await page.getByRole('heading', { level: 1, name: 'Thompson-Reid, Margaret' }).waitFor()
      await page.waitForFunction(`document.activeElement?.tagName === 'TEXTAREA'`)
      await goTo(page, words.shell.worklist)
      await rowOf(page, 'Thompson-Reid').focus()
      await page.keyboard.press('r')
      await page.waitForFunction(`window.fakeRadpost.asked.some(({ name }) => name.startsWith('compose.'))`)
    })
  })

  it('leads back to the row and the place that the person left', async () => {
    await inWorklist(
      async (page) => {
        await rowOf(page, 'Okonkwo').waitFor()
        await page.keyboard.press('j')
        await page.keyboard.press('End')
        const left = await scrolled(page)
        await page.keyboard.press('Enter')
        await page.getByRole('heading', { level: 1, name: 'Yamamoto, Kenji' }).waitFor()
        await page.keyboard.press('Escape')
        await rowOf(page, 'Yamamoto').waitFor()
        expect(await scrolled(page)).toBe(left)
        expect(Number(left)).toBeGreaterThan(0)
      },
      { size: { width: 1024, height: 560 } },
    )
  })

  it('marks what is new until it is opened or said to be seen', async () => {
    await inWorklist(async (page) => {
      await rowOf(page, 'Nguyễn').getByText(say.marks.added).waitFor()
      await rowOf(page, 'Harrington').getByText(say.marks.changed).waitFor()
      await rowOf(page, 'Nguyễn').click()
      await page.getByRole('heading', { level: 1, name: /Nguyễn/ }).waitFor()
      expect(await asked(page, 'worklist.look')).toEqual([
        { studies: [{ domain: 'harbour', appointmentId: 'A104176' }] },
      ])
      await goTo(page, words.shell.worklist)
      await rowOf(page, 'Harrington').getByText(say.marks.changed).waitFor()
      expect(await rowOf(page, 'Nguyễn').getByText(say.marks.added).count()).toBe(0)
      await page.getByRole('button', { name: say.allSeen }).click()
      await rowOf(page, 'Harrington').getByText(say.marks.changed).waitFor({ state: 'detached' })
      expect(await asked(page, 'worklist.look')).toContainEqual({ studies: null })
    })
  })

  it('knows which studies are mine by the clinician of the settings', async () => {
    await inWorklist(async (page) => {
      await chip(page, say.filter.assigned).click()
      await page.getByRole('menuitemradio', { name: say.meUnknown, disabled: true }).waitFor()
      await page.keyboard.press('Escape')
      await goTo(page, words.shell.settings)
      const clinician = page.getByRole('region', { name: words.settings.sections.clinician })
      await clinician.getByRole('textbox', { name: words.settings.clinicianName }).fill('Dr Rosa Bell')
      await clinician.getByRole('button', { name: words.settings.save }).click()
      await page.getByText(words.settings.saved).waitFor()
      await goTo(page, words.shell.worklist)
      await chip(page, say.filter.assigned).click()
      await page.getByRole('menuitemradio', { name: new RegExp(`^${say.assignedTo.me}`) }).click()
      await page.getByText(say.shown({ number: 5, total: 14 })).waitFor()
      expect(await list(page).getByText('Bell, Rosa').count()).toBe(5)
    })
  })

  it('is as true as its least true practice, and says it of each', async () => {
    await inWorklist(async (page) => {
      await page.locator('[data-truth="complete"]').waitFor()
      await change(
        page,
        `const [first] = data.status.practices
         data.status = { ...data.status, practices: [
           { ...first, unreadable: 2 },
           { ...first, domain: 'acme', name: 'Acme', connection: 'offline', message: 'QUBS cannot be reached.' },
         ] }
         push('station.changed', data.status)`,
      )
      const truth = page.locator('[data-truth="offline"]')
      await truth.waitFor()
      expect(await truth.textContent()).toMatch(/^Acme: Offline, list of/)
      const each = (await truth.getAttribute('title')) ?? ''
      expect(each.split('\n')).toHaveLength(2)
      expect(each).toMatch(/Harbour Imaging: Read at .* 2 studies could not be read/)
    })
  })

  it('shows the deadline in the time of the site and of this computer', async () => {
    await inWorklist(async (page) => {
      const due = rowOf(page, 'Okonkwo').locator('.due')
      await due.hover()
      expect(await due.getAttribute('title')).toMatch(/^Due .* at the site, .* here$/)
    })
  })

  it('zooms by keyboard within its limits and keeps it', async () => {
    await inWorklist(async (page) => {
      await rowOf(page, 'Okonkwo').waitFor()
      await page.keyboard.press('Control+=')
      await page.keyboard.press('Control+-')
      await page.keyboard.press('Control+-')
      for (let times = 0; times < 4; times += 1) await page.keyboard.press('Control+-')
      const saved = await asked(page, 'preferences.save')
      expect(saved.slice(0, 4)).toEqual([110, 100, 90, 80].map((zoomPercent) => ({ zoomPercent })))
      expect(saved.at(-1)).toEqual({ zoomPercent: 80 })
    })
  })

  it('holds its layout in the smallest window at the largest zoom, and on a large screen', async () => {
    for (const size of [
      { width: 512, height: 350 },
      { width: 1024, height: 700 },
      { width: 3840, height: 2160 },
    ]) {
      await inWorklist(
        async (page) => {
          await rowOf(page, 'Okonkwo').waitFor()
          const holds: unknown = await page.evaluate(`({
            wide: document.documentElement.scrollWidth <= innerWidth,
            high: document.documentElement.scrollHeight <= innerHeight,
            grid: document.querySelector('[role="grid"]').clientHeight >= 120,
          })`)
          expect({ size, holds }).toEqual({ size, holds: { wide: true, high: true, grid: true } })
        },
        { size },
      )
    }
  })

  it('keeps a long list quick by keeping few rows in the page, and tells a reader how long it is', async () => {
    await inWorklist(async (page) => {
      await rowOf(page, 'Okonkwo').waitFor()
      await change(
        page,
        `const [first] = data.appointments
         data.appointments = Array.from({ length: 5000 }, (_, index) => ({ ...first, appointmentId: 'B' + (10000 + index), lastName: 'Row' + index, reportNeededBy: null }))
         push('worklist.changed', {})`,
      )
      await page.locator('[role="grid"][aria-rowcount="5001"]').waitFor()
      expect(await list(page).getByRole('row').count()).toBeLessThan(60)
      await page.keyboard.press('j')
      await page.keyboard.press('End')
      expect(await page.locator(':focus').textContent()).toContain('B14999')
      expect(await page.locator(':focus').getAttribute('aria-rowindex')).toBe('5001')
      await page.evaluate(`document.querySelector('[role="grid"]').scrollTop = 0`)
      await list(page).getByText('B10000').waitFor()
      // The row that has the keyboard stays, though it is far out of sight.
      expect(await page.locator(':focus').textContent()).toContain('B14999')
    })
  })

  it('begins with all studies, the first due first', () => {
    expect(defaultPreferences.worklist).toMatchObject({
      filters: noFilters,
      viewId: 'all',
      sort: { column: 'due' },
    })
  })
})
