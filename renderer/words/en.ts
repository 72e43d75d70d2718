import { deliveries } from './en/deliveries.ts'
import { firstRun } from './en/first-run.ts'
import { needsYou } from './en/needs-you.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { study } from './en/study.ts'
import { worklist } from './en/worklist.ts'

/** Every text of the window in English, by view: the catalogue that all others follow. */
export const en = { shell, worklist, study, deliveries, needsYou, settings, firstRun } as const
