import { IntlMessageFormat } from 'intl-messageformat'

/** A tree of ICU messages, as a section of `renderer/words/en/` writes it. */
export type Messages = { readonly [name: string]: string | Messages }

/** A catalogue of another language: the same names, as many of them as are translated. */
export type Translation<English> = {
  readonly [Name in keyof English]?: English[Name] extends string ? string : Translation<English[Name]>
}

/** What the views read: plain messages are strings, those with arguments take them by name. */
export type Words<English> = {
  readonly [Name in keyof English]: English[Name] extends string ? Word<English[Name]> : Words<English[Name]>
}

type Word<Message extends string> = Message extends `${string}{${string}`
  ? (values: ValuesOf<Message>) => string
  : string

/** The arguments that an ICU message names, at any depth: `{name}` is text, numbers and plurals are numbers. */
export type ValuesOf<Message extends string> = {
  readonly [Found in InMessage<Message> as Found[0]]: Found[1]
}

// In ICU syntax braces take turns: in text, `{` opens an argument; in an argument, `{` opens a branch of text, and `}`
// closes what is open. So two types that hand over to each other at every brace find all arguments.
type InMessage<
  Text extends string,
  Found extends [string, unknown] = never,
> = Text extends `${infer Before}{${infer Argument}`
  ? Before extends `${string}}${string}`
    ? Text extends `${string}}${infer After}`
      ? InArgument<After, Found>
      : Found
    : InArgument<Argument, Found | ArgumentOf<Argument>>
  : Found

type InArgument<
  Text extends string,
  Found extends [string, unknown],
> = Text extends `${infer Before}}${infer After}`
  ? Before extends `${string}{${string}`
    ? Text extends `${string}{${infer Branch}`
      ? InMessage<Branch, Found>
      : Found
    : InMessage<After, Found>
  : Found

type ArgumentOf<Text extends string> = Text extends `${infer Argument}}${string}`
  ? Argument extends `${infer Name}, ${infer Kind},${string}`
    ? [Name, ValueOf<Kind>]
    : Argument extends `${infer Name}, ${infer Kind}`
      ? [Name, ValueOf<Kind>]
      : [Argument, string]
  : never

type ValueOf<Kind extends string> = Kind extends 'number' | 'plural' | 'selectordinal'
  ? number
  : Kind extends 'select'
    ? string
    : Kind extends 'date' | 'time'
      ? Date | number
      : never

/** Which catalogue serves a reader, and the locale in which it writes numbers and chooses plurals. */
export type Choice = { readonly language: string; readonly locale: string }

/**
 * The catalogue for a reader's locale (BCP 47): that of the very locale, of its language, or English. Numbers follow
 * the reader's region only where the texts are in the reader's language: plural rules belong to the texts.
 */
export function chooseLanguage(locale: string, available: readonly string[]): Choice {
  const language = locale.split('-')[0] ?? ''
  const found = [locale, language].find((name) => available.includes(name))
  return found === undefined ? { language: 'en', locale: 'en' } : { language: found, locale }
}

/**
 * All words in one language; what it has no message for is said in English. Messages are parsed when they are first
 * read, by a plain parser: no code is made from strings, which the content security policy would refuse.
 *
 * @throws SyntaxError on reading a word whose message is no ICU message
 */
export function wordsIn<English extends Messages>(
  { language, locale }: Choice,
  english: English,
  translation: Translation<English> | undefined,
): Words<English> {
  const locales = { translated: locale, english: language === 'en' ? locale : 'en' }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the loop keeps the shape, which no type can follow
  return collect(english, translation, locales) as Words<English>
}

function collect(
  english: Messages,
  translation: object | undefined,
  locales: { readonly translated: string; readonly english: string },
): object {
  const words = {}
  const translated = new Map<string, unknown>(Object.entries(translation ?? {}))
  for (const [name, message] of Object.entries(english)) {
    const own = translated.get(name)
    if (typeof message !== 'string') {
      const branch = typeof own === 'object' && own !== null ? own : undefined
      Object.defineProperty(words, name, { enumerable: true, value: collect(message, branch, locales) })
      continue
    }
    const format =
      typeof own === 'string' ? formatter(own, locales.translated) : formatter(message, locales.english)
    // The English message decides whether there are arguments: a translation may leave one out.
    const property = message.includes('{') ? { value: format } : { get: () => format({}) }
    Object.defineProperty(words, name, { enumerable: true, ...property })
  }
  return words
}

type Values = Readonly<Record<string, string | number | Date>>

function formatter(message: string, locale: string): (values: Values) => string {
  // Most messages are plain; without ICU's special characters there is nothing to parse.
  if (!/['{}]/.test(message)) return () => message
  let parsed: IntlMessageFormat | undefined
  return (values) => {
    parsed ??= parseMessage(message, locale)
    return String(parsed.format(values))
  }
}

/** Words are text, never markup: `<` is an ordinary character. @throws SyntaxError when it is no ICU message */
export function parseMessage(message: string, locale: string): IntlMessageFormat {
  return new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
}
