import type { LucideIcon } from 'lucide-react'
import { fold } from '../worklist/study-row.ts'
import { fuzzyScore, type Named } from './fuzzy.ts'

/** Something that the palette can do: open a study, go to a view, or act. */
export type Command = {
  readonly id: string
  readonly group: 'studies' | 'go' | 'actions'
  readonly icon: LucideIcon
  readonly name: string
  /** Shown after the name; found by what it says, like the name. */
  readonly detail?: string
  /** The key that does the same (keys/table.ts). */
  readonly key?: string
  readonly run: () => void
}

export type CommandGroup = {
  readonly group: 'recent' | Command['group']
  readonly commands: readonly Command[]
}

/** As many as fit into sight; whoever wants more goes on typing. */
const MOST_STUDIES = 7

/**
 * What the palette lists. Nothing typed: what was used last, then views and actions; studies come when they are looked
 * for. `recent`: ids, newest first.
 */
export function listCommands(
  commands: readonly Command[],
  typed: string,
  recent: readonly string[],
): readonly CommandGroup[] {
  const wanted = fold(typed.trim())
  if (wanted === '') return unasked(commands, recent)
  const found = commands
    .map((command) => ({ command, score: fuzzyScore(wanted, namedBy(command)) }))
    .filter((one): one is { command: Command; score: number } => one.score !== null)
    .toSorted((a, b) => b.score - a.score)
  const best = new Map<Command['group'], number>()
  for (const { command, score } of found)
    best.set(command.group, Math.max(score, best.get(command.group) ?? -Infinity))
  return [...best]
    .toSorted(([, a], [, b]) => b - a)
    .map(([group]) => ({
      group,
      commands: found
        .map(({ command }) => command)
        .filter((command) => command.group === group)
        .slice(0, group === 'studies' ? MOST_STUDIES : undefined),
    }))
}

function namedBy({ name, detail }: Command): Named {
  return { name: fold(name), detail: fold(detail ?? '') }
}

function unasked(commands: readonly Command[], recent: readonly string[]): readonly CommandGroup[] {
  const byId = new Map(commands.map((command) => [command.id, command]))
  const used = recent.map((id) => byId.get(id)).filter((command) => command !== undefined)
  const groups: readonly CommandGroup[] = [
    { group: 'recent', commands: used },
    ...(['go', 'actions'] as const).map((group) => ({
      group,
      commands: commands.filter((command) => command.group === group && !recent.includes(command.id)),
    })),
  ]
  return groups.filter((group) => group.commands.length > 0)
}
