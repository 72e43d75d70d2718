import { about } from './en/about.ts'
import { compose } from './en/compose.ts'
import { critical } from './en/critical.ts'
import { deliveries } from './en/deliveries.ts'
import { document } from './en/document.ts'
import { firstRun } from './en/first-run.ts'
import { history } from './en/history.ts'
import { inspect } from './en/inspect.ts'
import { keys } from './en/keys.ts'
import { lock } from './en/lock.ts'
import { needsYou } from './en/needs-you.ts'
import { qualiphy } from './en/qualiphy.ts'
import { palette } from './en/palette.ts'
import { schedule } from './en/schedule.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { solo } from './en/solo.ts'
import { study } from './en/study.ts'
import { templates } from './en/templates.ts'
import { worklist } from './en/worklist.ts'

/** Every text of the window in English, by view: the catalogue that all others follow. */
export const en = {
  shell,
  worklist,
  schedule,
  study,
  deliveries,
  needsYou,
  settings,
  firstRun,
  inspect,
  templates,
  compose,
  solo,
  qualiphy,
  document,
  about,
  palette,
  keys,
  lock,
  history,
  critical,
} as const
