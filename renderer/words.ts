import { deliveryWords } from './words/deliveries.ts'
import { firstRunWords } from './words/first-run.ts'
import { needsYouWords } from './words/needs-you.ts'
import { settingsWords } from './words/settings.ts'
import { shellWords } from './words/shell.ts'
import { studyWords } from './words/study.ts'
import { worklistWords } from './words/worklist.ts'

/** Every text of the window, by view. Nothing that a person reads is written anywhere else. */
export const words = {
  shell: shellWords,
  worklist: worklistWords,
  study: studyWords,
  deliveries: deliveryWords,
  needsYou: needsYouWords,
  settings: settingsWords,
  firstRun: firstRunWords,
} as const
