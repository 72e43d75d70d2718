import type { Route } from '../data/navigation.tsx'
import { words } from '../words.ts'

/**
 * Every key of the window: what it does, in the view where it does it. Handlers can be given only for keys of this
 * table (data/shortcuts.ts), and the help shows those of them that are bound at that moment, so that neither can know
 * of a key that the other does not.
 *
 * A key is written as `KeyboardEvent.key` has it, `mod+` before it where it takes Ctrl, or Command on a Mac.
 */
const shared = {
  'mod+k': () => words.keys.palette,
  '?': () => words.keys.help,
  'mod+1': () => words.keys.worklist,
  'mod+2': () => words.keys.deliveries,
  'mod+3': () => words.keys.needsYou,
  'mod+4': () => words.keys.schedule,
  'mod+5': () => words.keys.settings,
  'mod+6': () => words.keys.history,
  'mod+l': () => words.lock.lockWindow,
  'mod++': () => words.keys.larger,
  // The same key of a keyboard, without Shift.
  'mod+=': () => words.keys.larger,
  'mod+-': () => words.keys.smaller,
  'mod+0': () => words.keys.normalSize,
} as const

/** Of a document wherever it is shown. */
const ofDocument = {
  'mod+f': () => words.document.find,
  '+': () => words.needsYou.zoomIn,
  '-': () => words.needsYou.zoomOut,
  '0': () => words.needsYou.fitWidth,
} as const

const ofView = {
  worklist: {
    j: () => words.keys.nextStudy,
    k: () => words.keys.previousStudy,
    '/': () => words.keys.search,
    c: () => words.keys.comment,
    r: () => words.keys.report,
    u: () => words.keys.news,
  },
  study: {
    j: () => words.keys.nextStudy,
    k: () => words.keys.previousStudy,
    c: () => words.keys.comment,
    r: () => words.keys.report,
    Escape: () => words.keys.back,
  },
  compose: { 'mod+Enter': () => words.keys.send, Escape: () => words.keys.back },
  deliveries: { '/': () => words.keys.search },
  'needs-you': { j: () => words.keys.nextReport, k: () => words.keys.previousReport },
  schedule: {
    p: () => words.keys.previousDay,
    n: () => words.keys.nextDay,
    t: () => words.keys.today,
    r: () => words.keys.refresh,
    j: () => words.keys.nextEntry,
    k: () => words.keys.previousEntry,
  },
  history: {
    '/': () => words.keys.search,
    j: () => words.keys.nextEntry,
    k: () => words.keys.previousEntry,
    Escape: () => words.keys.back,
  },
} as const

/** Keys that a control has by itself while it has the focus, told beside the others. */
const ofControls: Readonly<Record<string, Table>> = {
  worklist: { Enter: () => words.keys.openStudy, 'shift+F10': () => words.keys.rowMenu },
}

type KeysOf<Views> = Views extends Readonly<Record<string, infer OfView>> ? KeysIn<OfView> : never
type KeysIn<Keys> = Keys extends unknown ? keyof Keys & string : never

/** A key that may be given a handler. */
export type ShortcutKey = KeysIn<typeof shared> | KeysIn<typeof ofDocument> | KeysOf<typeof ofView>

export type KeyLine = { readonly key: string; readonly name: string }
export type KeyList = { readonly inView: readonly KeyLine[]; readonly everywhere: readonly KeyLine[] }

/**
 * The keys that work now, in the order of the table; what is bound without a name in this view has the name that it has
 * in another one, so that no key is kept secret.
 * @param bound keys that have a handler
 */
export function keysOf(view: Route['view'], bound: ReadonlySet<string>): KeyList {
  const own = tableOf(view)
  return {
    inView: [
      ...lines(own, (key) => bound.has(key)),
      ...lines(ofOthers, (key) => bound.has(key) && !(key in own) && !(key in shared)),
      ...lines(ofControls[view] ?? {}, () => true),
    ],
    everywhere: lines(shared, (key) => bound.has(key) && key !== 'mod+='),
  }
}

const ofOthers: Table = Object.fromEntries(Object.values(ofView).flatMap((keys) => Object.entries(keys)))

type Table = Readonly<Record<string, () => string>>

function tableOf(view: Route['view']): Table {
  return { ...Object.entries<Table>(ofView).find(([name]) => name === view)?.[1], ...ofDocument }
}

function lines(table: Table, isShown: (key: string) => boolean): readonly KeyLine[] {
  return Object.entries(table)
    .filter(([key]) => isShown(key))
    .map(([key, name]) => ({ key, name: name() }))
}

const isMac = typeof navigator === 'object' && navigator.platform.startsWith('Mac')

/** The keys to press at once, as they are written on a keyboard. */
export function writeKey(key: string): readonly string[] {
  if (key === 'shift+F10') return [words.keys.contextMenu]
  if (!key.startsWith('mod+')) return [nameOf(key)]
  return [isMac ? '⌘' : words.keys.control, nameOf(key.slice('mod+'.length)).toUpperCase()]
}

function nameOf(key: string): string {
  switch (key) {
    case 'Enter':
      return words.keys.enter
    case 'Escape':
      return words.keys.escape
    case '-':
      return '−'
    default:
      return key
  }
}
