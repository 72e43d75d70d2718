import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { words } from '../../../renderer/words.ts'

/** What the specs of the built window share. */

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] }

/**
 * Every rule of WCAG 2.2 A and AA that can be judged by a machine; `within`: the CSS selector of a part. `only`: one rule.
 * The component library says that a button has done its work by an empty picture in its announcer, which it takes away
 * by itself; it is the library's, so the announcer is left out.
 */
export async function accessibilityViolations(
  page: Page,
  within = 'html',
  only?: string,
): Promise<readonly string[]> {
  const rules = only === undefined ? 'wcag2a wcag2aa wcag21a wcag21aa wcag22aa'.split(' ') : [only]
  await page.evaluate(axe)
  const violations: readonly Violation[] = await page.evaluate(
    `axe.run({ include: ['${within}'], exclude: ['[data-live-announcer]'] }, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] }).then((r) => r.violations)`,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}

/** What was asked of the main process by one call, in order. */
export function asked(page: Page, name: string): Promise<readonly unknown[]> {
  return page.evaluate(
    `window.fakeRadpost.asked.filter((one) => one.name === '${name}').map((one) => one.args)`,
  )
}

/** Goes to a view by the navigation on the left. */
export function goTo(page: Page, view: string): Promise<void> {
  return page
    .getByRole('navigation', { name: words.shell.views })
    .getByRole('button', { name: new RegExp(`^${view}`) })
    .click()
}
