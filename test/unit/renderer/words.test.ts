import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { catalogues, words } from '../../../renderer/words.ts'
import { en } from '../../../renderer/words/en.ts'
import {
  chooseLanguage,
  parseMessage,
  wordsIn,
  type Messages,
  type Translation,
  type ValuesOf,
} from '../../../renderer/words/messages.ts'
import { ownTexts } from './own-texts.ts'

const english = {
  study: {
    back: 'Back to worklist',
    position: '{number, number} of {total, number}',
    by: 'by {name}',
  },
  pending: '{number, plural, one {# study} other {# studies}}',
} as const

describe('words', () => {
  it('are strings, or functions of named values where the message has arguments', () => {
    const said = wordsIn({ language: 'en', locale: 'en-AU' }, english, undefined)
    expect(said.study.back).toBe('Back to worklist')
    expect(said.study.position({ number: 3, total: 1_400 })).toBe('3 of 1,400')
    expect(said.study.by({ name: '<b>{x}</b>' })).toBe('by <b>{x}</b>')
    expect([1, 2].map((number) => said.pending({ number }))).toEqual(['1 study', '2 studies'])
    expect(Object.values(said.study)).toHaveLength(3)
  })

  it('come from the translation, and one by one from English where it has none', () => {
    const german = {
      study: { back: 'Zurück', position: '{number, number} von {total, number}' },
    } satisfies Translation<typeof english>
    const said = wordsIn({ language: 'de', locale: 'de-DE' }, english, german)
    expect(said.study.back).toBe('Zurück')
    expect(said.study.position({ number: 3, total: 1_400 })).toBe('3 von 1.400')
    expect(said.study.by({ name: 'Dr Bell' })).toBe('by Dr Bell')
  })

  it('count in the rules of the language they are written in', () => {
    // French counts none as one; an English text must not.
    const said = wordsIn({ language: 'fr', locale: 'fr-FR' }, english, {})
    expect(said.pending({ number: 0 })).toBe('0 studies')
    const french = { pending: '{number, plural, one {# examen} other {# examens}}' }
    expect(wordsIn({ language: 'fr', locale: 'fr-FR' }, english, french).pending({ number: 0 })).toBe(
      '0 examen',
    )
  })

  it('know their arguments while compiling, inside branches too', () => {
    expectTypeOf<ValuesOf<'{name} since {at, date, medium}'>>().toEqualTypeOf<{
      readonly name: string
      readonly at: Date | number
    }>()
    expectTypeOf<
      ValuesOf<'{a, plural, =0 {none} other {# new{b, plural, other {, #}} by {c}}} {d}.'>
    >().toEqualTypeOf<{
      readonly a: number
      readonly b: number
      readonly c: string
      readonly d: string
    }>()
    // @ts-expect-error: the total is missing
    expect(() => words.study.position({ number: 1 })).toThrow('total')
  })

  it.each([
    { added: 3, gone: 0, said: '3 new' },
    { added: 0, gone: 1, said: '1 no longer pending' },
    { added: 2, gone: 1_200, said: '2 new, 1,200 no longer pending' },
  ])('tell the news of the list: $said', ({ added, gone, said }) => {
    expect(wordsIn({ language: 'en', locale: 'en' }, en, undefined).worklist.news({ added, gone })).toBe(said)
  })
})

describe('the language', () => {
  it.each([
    ['de-CH', 'de', 'de-CH'],
    ['pt-BR', 'pt-BR', 'pt-BR'],
    ['en-AU', 'en', 'en-AU'],
    ['fr-FR', 'en', 'en'],
    ['', 'en', 'en'],
  ])('of %o is %s, with the numbers of %s', (reader, language, locale) => {
    expect(chooseLanguage(reader, ['en', 'de', 'pt', 'pt-BR'])).toEqual({ language, locale })
  })
})

describe('every catalogue', () => {
  it.each(Object.keys(catalogues))(
    'of %s parses, and uses only arguments of the English message',
    (language) => {
      const originals = new Map(leaves(en))
      const strange = leaves(catalogues[language] ?? {}).filter(([name, message]) => {
        const original = originals.get(name)
        const known = original === undefined ? new Set() : argumentsOf(original, 'en')
        return original === undefined || !argumentsOf(message, language).isSubsetOf(known)
      })
      expect(strange).toEqual([])
    },
  )

  it('has braces in English only around arguments, as the types take them', () => {
    const disagreeing = leaves(en).filter(
      ([, message]) => argumentsOf(message, 'en').size > 0 !== message.includes('{'),
    )
    expect(disagreeing).toEqual([])
  })

  it('writes an apostrophe as ’ in English, since ICU takes the other for a quotation mark', () => {
    expect(leaves(en).filter(([, message]) => message.includes("'"))).toEqual([])
  })
})

describe('a view', () => {
  const folder = join(import.meta.dirname, '../../../renderer')
  const files = globSync('**/*.{ts,tsx}', { cwd: folder }).filter(
    (file) => !/^(words|dev)[./\\]|\.d\.ts$|^vite\.config/.test(file),
  )

  it('holds no text of its own', () => {
    expect(files.length).toBeGreaterThan(60)
    const found = files.flatMap((file) =>
      ownTexts(file, readFileSync(join(folder, file), 'utf8')).map((text) => `${file}: ${text}`),
    )
    expect(found).toEqual([])
  })

  it.each([
    ['<p>Hello</p>', 'Hello'],
    ["<p>{late ? 'late' : null}</p>", 'late'],
    ['<p>{`${number} late`}</p>', 'late'],
    ['<input aria-label="Name" />', 'Name'],
    ["<input title={'Name'} />", 'Name'],
    ["<Note detail={open ? '' : 'shut'} />", 'shut'],
    ["announce('Nothing was sent')", 'Nothing was sent'],
  ])('would be caught with %s', (code, text) => {
    expect(ownTexts('view.tsx', `export const view = ${code}`)).toEqual([text])
  })

  it.each([
    '<Key>j</Key>',
    '<p className="small faint">{name}</p>',
    '<Choice look="list" label={words.shell.close} />',
    "<p>{states[state === 'held' ? 'held' : other]}</p>",
    "new Error('There is no place for messages')",
    '<p>{first} · {second}</p>',
  ])('may hold %s', (code) => {
    expect(ownTexts('view.tsx', `export const view = ${code}`)).toEqual([])
  })
})

function leaves(messages: Messages | object, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(messages).flatMap(([name, message]: [string, unknown]) =>
    typeof message === 'string'
      ? [[`${path}${name}`, message] as const]
      : typeof message === 'object' && message !== null
        ? leaves(message, `${path}${name}.`)
        : [],
  )
}

type Elements = ReturnType<ReturnType<typeof parseMessage>['getAst']>

/** The names of the arguments, as the library's own parser finds them. @throws SyntaxError when it is no message */
function argumentsOf(message: string, locale: string): Set<string> {
  const names = new Set<string>()
  const collect = (elements: Elements) => {
    for (const element of elements) {
      // Literals are kind 0; `#`, which repeats the number of its plural, has no value.
      const kind: number = element.type
      if (kind === 0 || !('value' in element)) continue
      names.add(element.value)
      if ('options' in element) Object.values(element.options).forEach((option) => collect(option.value))
    }
  }
  collect(parseMessage(message, locale).getAst())
  return names
}
