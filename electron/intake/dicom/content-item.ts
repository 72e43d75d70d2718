import { codedEntry, type CodedEntry } from './coded-entry.ts'
import { contentValue, type ContentValue } from './content-value.ts'
import { asciiValue, sequence, type DicomItem } from './data-set.ts'

/** The content tree of an SR (PS3.3 C.17.3), taken out of the data set and cleaned, before anything is judged. */

/** Levels of content items; report templates use five or six. */
export const MAX_CONTENT_DEPTH = 48
/** Content items in one report; the largest known measurement reports have some thousands. */
export const MAX_CONTENT_ITEMS = 50_000

export type ContentItem = {
  /** Relationship Type (0040,A010) as it stands, `CONTAINS` where it is missing; empty for the root. */
  readonly relationship: string
  readonly concept: CodedEntry | null
  readonly value: ContentValue
  readonly children: readonly ContentItem[]
}

export type ContentTree =
  { readonly kind: 'tree'; readonly root: ContentItem } | { readonly kind: 'too-large' }

class ContentLimit extends Error {}

/**
 * Reads the whole tree. Items that cannot be read stay in it as `unreadable`. Throws `UnreadableSequence` where a
 * Content Sequence itself cannot be taken apart (then nobody knows what is missing).
 */
export function readContentTree(root: DicomItem): ContentTree {
  const budget = { items: MAX_CONTENT_ITEMS }
  try {
    return { kind: 'tree', root: readItem(root, '', 0, budget) }
  } catch (error) {
    if (error instanceof ContentLimit) return { kind: 'too-large' }
    throw error
  }
}

function readItem(
  item: DicomItem,
  relationship: string,
  depth: number,
  budget: { items: number },
): ContentItem {
  budget.items -= 1
  if (depth > MAX_CONTENT_DEPTH || budget.items < 0) throw new ContentLimit()
  return {
    relationship,
    concept: codedEntry(item, 'x0040a043'),
    value: contentValue(item),
    children: sequence(item, 'x0040a730').map((child) =>
      readItem(child, asciiValue(child, 'x0040a010') ?? 'CONTAINS', depth + 1, budget),
    ),
  }
}

/** All items below and including `item`, in file order. */
export function* everyItem(item: ContentItem): Generator<ContentItem> {
  yield item
  for (const child of item.children) yield* everyItem(child)
}

/** Items that are part of what the report says: not observer, subject or acquisition context, nor below it. */
export function* reportedItems(item: ContentItem): Generator<ContentItem> {
  if (item.relationship === 'HAS OBS CONTEXT' || item.relationship === 'HAS ACQ CONTEXT') return
  yield item
  for (const child of item.children) yield* reportedItems(child)
}

/**
 * The item that a by-reference relationship points at (PS3.3 C.17.3.2.5: `1` is the root, then positions counted
 * from 1), or null. Only looked at, never entered: references may form circles.
 */
export function itemAt(root: ContentItem, path: readonly number[]): ContentItem | null {
  if (path[0] !== 1) return null
  let item: ContentItem | undefined = root
  for (const position of path.slice(1)) item = item?.children[position - 1]
  return item ?? null
}
