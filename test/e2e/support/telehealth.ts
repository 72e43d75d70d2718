import type { Locator, Page } from 'playwright-core'
import { words } from '../../../renderer/words.ts'
import type { QualiphySimulator } from '../../simulator/qualiphy/qualiphy-simulator.ts'
import type { SoloSimulator } from '../../simulator/solo/solo-simulator.ts'
import { goTo } from './window.ts'

const { qualiphy } = words
const button = (where: Page | Locator, name: string) => where.getByRole('button', { name, exact: true })

/** As an administrator sets Solo up. */
export async function setUpSolo(page: Page, tenant: SoloSimulator): Promise<void> {
  await goTo(page, 'settings')
  const section = page.getByRole('region', { name: words.solo.settings.section })
  await section.getByRole('textbox', { name: words.solo.settings.baseUrl }).fill(tenant.baseUrl)
  await section.getByRole('button', { name: words.settings.save }).click()
  await page.getByText(words.settings.saved).first().waitFor()
  const name = words.solo.settings.secrets.apiKey
  await section.getByRole('button', { name: words.solo.settings.enterNamed({ name }) }).click()
  const dialog = page.getByRole('alertdialog', { name: words.solo.settings.secretTitle({ name }) })
  await dialog.getByLabel(name, { exact: true }).fill(tenant.apiKey)
  await page.keyboard.press('Enter')
  await section.getByRole('button', { name: words.solo.settings.test }).click()
  await section.getByText('Solo accepts the API key.').waitFor()
}

/** As an administrator sets Qualiphy up: server and key, and a test of both. */
export async function setUpQualiphy(page: Page, clinic: QualiphySimulator): Promise<void> {
  await goTo(page, 'settings')
  const section = page.getByRole('region', { name: qualiphy.title, exact: true })
  await section.getByRole('textbox', { name: qualiphy.settings.baseUrl, exact: true }).fill(clinic.baseUrl)
  await button(section, words.settings.save).click()
  await page.getByText(words.settings.saved).first().waitFor()
  await section.getByLabel(qualiphy.settings.apiKey, { exact: true }).fill(clinic.apiKey)
  await button(section, qualiphy.settings.saveKey).click()
  await section.getByText(qualiphy.settings.keyStored).waitFor()
  await button(section, qualiphy.settings.test).click()
  await section.getByText('Qualiphy accepts the API key.').waitFor()
}
