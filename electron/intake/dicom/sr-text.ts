import type { ContentItem } from './content-item.ts'
import { itemAt } from './content-item.ts'

/**
 * An SR content tree as plain text (safety-and-standards 5): every relationship and every value type, in file
 * order. Nothing is left out in silence, because a lost modifier ("no evidence of") turns a finding round.
 */

/** The body of the report, from the document title on; lines joined by `\n`, without a line end of its own. */
export function contentText(root: ContentItem): string {
  return block(root, { root, depth: 0, labelled: false })
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** `labelled`: the parent is no container, so the relationship has to be named. */
type Place = { readonly root: ContentItem; readonly depth: number; readonly labelled: boolean }

function block(item: ContentItem, place: Place): string[] {
  if (item.value.kind === 'container') return containerBlock(item, item.value.continuous, place)
  const indent = '  '.repeat(place.depth)
  const below = item.children
    .filter(isNoModifier)
    .flatMap((child) => block(child, { ...place, depth: place.depth + 1, labelled: true }))
  return [indent + leaf(item, place), ...below]
}

function containerBlock(container: ContentItem, continuous: boolean, place: Place): string[] {
  const heading = label(container, place.labelled) + headed(container, place.root)
  const children = container.children.filter(isNoModifier)
  const inside: Place = { root: place.root, depth: 0, labelled: false }
  // Codes and measurements alone make no sentence, whatever the container says: one line each.
  const sentence = continuous && children.some((child) => isRunning(child) && child.value.kind === 'text')
  const body = sentence
    ? continuousBody(container, children, inside)
    : children.flatMap((child) => block(child, inside))
  return ['', ...(heading === '' ? [] : [heading]), ...body, '']
}

/**
 * CONTINUOUS: neighbouring items make one paragraph (PS3.3 C.18.8). Context and nested containers stand apart, in
 * their place.
 */
function continuousBody(container: ContentItem, children: readonly ContentItem[], place: Place): string[] {
  const runs = children.filter(isRunning)
  const textConcepts = new Set(
    runs.filter((item) => item.value.kind === 'text').map((item) => item.concept?.meaning ?? ''),
  )
  // Texts under one and the same concept are pieces of one sentence; different concepts are headings.
  const shared = textConcepts.size === 1 ? [...textConcepts].join('') : ''
  const opening = container.concept === null && shared !== '' ? `${shared}:` : ''
  const lines: string[] = []
  let paragraph = opening
  let opened = false
  for (const child of children) {
    if (isRunning(child)) {
      paragraph = joinWords(paragraph, running(child, place, textConcepts.size === 1))
      opened = true
    } else {
      if (opened) lines.push(paragraph)
      if (opened) paragraph = ''
      opened = false
      lines.push(...block(child, place))
    }
  }
  if (opened) lines.push(paragraph)
  return lines
}

function isRunning(item: ContentItem): boolean {
  return item.value.kind !== 'container' && item.relationship === 'CONTAINS'
}

/** One item inside a paragraph: the value first, what it is in brackets after it. */
function running(item: ContentItem, place: Place, textIsSentence: boolean): string {
  const sentence = item.value.kind === 'text' && textIsSentence
  const modifiers = modifierText(item, place.root)
  const concept = item.concept?.meaning ?? ''
  if (item.value.kind === 'text' && !sentence) return inline(item, place.root, false)
  const value = valueText(item, place.root) + modifiers + (sentence || concept === '' ? '' : ` (${concept})`)
  return value + inlineChildren(item, place.root)
}

function joinWords(before: string, after: string): string {
  if (before === '' || after === '') return before + after
  return /^[\s.,;:!?)\]]/.test(after) || /\s$/.test(before) ? before + after : `${before} ${after}`
}

function leaf(item: ContentItem, place: Place): string {
  const value = valueText(item, place.root)
  const heading = headed(item, place.root)
  const start = label(item, place.labelled)
  if (heading === '') return start + value
  return `${start}${heading}:${value.includes('\n') ? '\n' : ' '}${value}`
}

/** An item within a line: modifiers, and what hangs on an item of a paragraph. */
function inline(item: ContentItem, root: ContentItem, labelled: boolean): string {
  const heading = headed(item, root)
  const value = valueText(item, root)
  const middle = heading !== '' && value !== '' ? ': ' : ''
  return label(item, labelled) + heading + middle + value + inlineChildren(item, root)
}

function inlineChildren(item: ContentItem, root: ContentItem): string {
  const others = item.children.filter(isNoModifier).map((child) => inline(child, root, true))
  return others.length === 0 ? '' : ` (${others.join('; ')})`
}

/** The concept with its modifiers right behind it, where nobody can overlook them. */
function headed(item: ContentItem, root: ContentItem): string {
  return ((item.concept?.meaning ?? '') + modifierText(item, root)).trim()
}

function modifierText(item: ContentItem, root: ContentItem): string {
  const modifiers = item.children.filter((child) => !isNoModifier(child))
  if (modifiers.length === 0) return ''
  return ` [${modifiers.map((modifier) => inline(modifier, root, false)).join('; ')}]`
}

function isNoModifier(item: ContentItem): boolean {
  return item.relationship !== 'HAS CONCEPT MOD'
}

const relationshipLabels: Readonly<Record<string, string>> = {
  CONTAINS: '',
  'HAS CONCEPT MOD': '',
  'HAS OBS CONTEXT': 'observation context ',
  'HAS ACQ CONTEXT': 'acquisition context ',
  'HAS PROPERTIES': 'has properties ',
  'INFERRED FROM': 'inferred from ',
  'SELECTED FROM': 'selected from ',
}

/** Inside a container the context explains itself; reasoning ("inferred from") is named everywhere. */
function label(item: ContentItem, labelled: boolean): string {
  const isContext = item.relationship === 'HAS OBS CONTEXT' || item.relationship === 'HAS ACQ CONTEXT'
  if (item.relationship === '' || (isContext && !labelled)) return ''
  return Object.hasOwn(relationshipLabels, item.relationship)
    ? (relationshipLabels[item.relationship] ?? '')
    : 'related: '
}

function valueText(item: ContentItem, root: ContentItem): string {
  switch (item.value.kind) {
    case 'container':
      return ''
    case 'reference': {
      const target = itemAt(root, item.value.path)?.concept?.meaning ?? ''
      return `(see ${item.value.path.join('.')})${target === '' ? '' : ` ${target}`}`
    }
    case 'unreadable':
      return `[item could not be read: ${item.value.why}]`
    case 'text':
    case 'code':
    case 'name':
    case 'moment':
    case 'number':
    case 'uid':
    case 'object':
      return item.value.text
  }
}
