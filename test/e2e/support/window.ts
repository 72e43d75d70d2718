import type { Locator, Page } from 'playwright-core'
import { words } from '../../../renderer/words.ts'

/** The window as a person uses it: by the names that are written on it. */

export type ViewName = 'worklist' | 'schedule' | 'deliveries' | 'needsYou' | 'settings'

/** Goes to a view by the navigation on the left. */
export async function goTo(page: Page, view: ViewName): Promise<void> {
  // The count of what waits is spoken with the name.
  await page
    .getByRole('navigation', { name: words.shell.views })
    .getByRole('button', { name: new RegExp(`^${words.shell[view]}`) })
    .click()
  await page.getByRole('heading', { level: 1, name: words.shell[view] }).waitFor()
}

/** A file in the list of deliveries, in this state. */
export function deliveryRow(page: Page, file: string, state: string): Locator {
  return page
    .getByRole('listbox', { name: words.deliveries.list })
    .getByRole('option')
    .filter({ hasText: file })
    .filter({ hasText: state })
}

/** Opens what needs a person and chooses this file. */
export async function openHeld(page: Page, file: string): Promise<Locator> {
  await goTo(page, 'needsYou')
  const row = page
    .getByRole('listbox', { name: words.needsYou.list })
    .getByRole('option')
    .filter({ hasText: file })
  await row.click()
  const decision = page.getByRole('region', { name: words.needsYou.decision })
  await decision.getByText(file).waitFor()
  return decision
}

/** Fills in who decides and why. The name is asked for once in a session. */
export async function sayWhoAndWhy(form: Locator, by: string, reason: string): Promise<void> {
  await form.getByRole('textbox', { name: words.needsYou.reason, exact: true }).fill(reason)
  const name = form.getByRole('textbox', { name: words.needsYou.by, exact: true })
  if (await name.isVisible()) await name.fill(by)
}

/** The overall state in words, in the line at the bottom. */
export function overallState(page: Page): Locator {
  return statusLine(page).getByRole('status').first()
}

/** What was done last, in its place of the line at the bottom. */
export function lastDone(page: Page): Locator {
  return statusLine(page).getByRole('status').last()
}

function statusLine(page: Page): Locator {
  return page.getByRole('contentinfo', { name: words.shell.statusLine })
}
