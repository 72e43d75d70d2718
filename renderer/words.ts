import { en } from './words/en.ts'
import { chooseLanguage, wordsIn, type Translation } from './words/messages.ts'

/**
 * Every text of the window, by view. Nothing that a person reads is written anywhere else in renderer/
 * (test/unit/renderer/words.test.ts looks for it).
 *
 * **A text** is an ICU message in `words/en/<view>.ts`. Without arguments it is read as a string, `words.study.back`;
 * with arguments it takes all of them by name, `words.study.position({ number: 3, total: 40 })`, and a missing one
 * does not compile. Write `{name}` for text, `{count, number}` for a number, and
 * `{count, plural, one {# study} other {# studies}}` where words follow it, with one blank after each comma. Whole
 * sentences and whole labels only: a sentence put together from pieces cannot be translated. Dates and durations are
 * written by `format/` and handed in as text. An apostrophe is ’, because ' quotes in ICU.
 *
 * **A section** is a file in `words/en/` that exports one object `as const`, named in `words/en.ts`.
 *
 * **A language** is a file `words/<language>.ts`, for example
 * `export const de = { study: { back: 'Zur Arbeitsliste' } } satisfies Translation<typeof en>`, and its name in the
 * table below. What it leaves out is shown in English; an argument that the English message lacks is an error of the
 * unit test.
 */
export const catalogues: Readonly<Record<string, Translation<typeof en>>> = { en }

const choice = chooseLanguage(navigator.language, Object.keys(catalogues))

/** The language of the texts, for the page's `lang`. */
export const { language } = choice

export const words = wordsIn(choice, en, catalogues[language])
