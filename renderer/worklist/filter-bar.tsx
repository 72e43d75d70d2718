import { ChevronDown, CircleAlert, CircleDot, FilterX, TriangleAlert, type LucideIcon } from 'lucide-react'
import { createContext, memo, use, useCallback, type ReactNode } from 'react'
import {
  Button as AriaButton,
  Menu,
  MenuTrigger,
  Popover,
  ToggleButton,
  type Selection,
} from 'react-aria-components'
import { noFilters, type Filters } from '../../shared/preferences.ts'
import { Glyph, IconButton } from '../ui/button.tsx'
import { Item } from '../ui/menu.tsx'
import { words } from '../words.ts'
import { isFiltering, type FilterCounts, type ListFilter, type PlainFilter } from './filters.ts'
import { priorityRank } from './study-row.ts'

type BarProps = {
  readonly filters: Filters
  readonly counts: FilterCounts
  readonly onChange: (filters: Filters) => void
  readonly practiceNames: ReadonlyMap<string, string>
  /** False: the settings name no clinician, so nothing can be mine. */
  readonly knowsMe: boolean
}

const plain: readonly { readonly filter: PlainFilter; readonly icon: LucideIcon }[] = [
  { filter: 'isOverdue', icon: CircleAlert },
  { filter: 'hasAlerts', icon: TriangleAlert },
  { filter: 'isNew', icon: CircleDot },
]

const CountsContext = createContext<FilterCounts | null>(null)

/** Read inside an open menu only: a key in the search changes every count, and a closed chip shows none of them. */
function useCounts(): FilterCounts {
  const counts = use(CountsContext)
  if (counts === null) throw new Error('There are no counts around this filter.')
  return counts
}

/** Every filter as a chip with the number of studies that it would show together with the others. */
export function FilterBar({ filters, counts, onChange, practiceNames, knowsMe }: BarProps): ReactNode {
  const change = useCallback(
    (part: Partial<Filters>) => onChange({ ...filters, ...part }),
    [filters, onChange],
  )
  const lists: readonly ListFilter[] = [
    ...(practiceNames.size > 1 ? (['practices'] as const) : []),
    'sites',
    'modalities',
    'priorities',
  ]
  return (
    <CountsContext value={counts}>
      <div className="filter-bar" role="group" aria-label={words.worklist.filters}>
        {lists.map((filter) => (
          <ListChip
            key={filter}
            filter={filter}
            chosen={filters[filter]}
            practiceNames={practiceNames}
            onChange={change}
          />
        ))}
        <AssignedChip chosen={filters.assigned} knowsMe={knowsMe} onChange={change} />
        {plain.map(({ filter, icon }) => (
          <PlainChip
            key={filter}
            filter={filter}
            icon={icon}
            isOn={filters[filter]}
            count={counts.plain(filter)}
            onChange={change}
          />
        ))}
      </div>
      {isFiltering(filters) ? (
        <IconButton icon={FilterX} name={words.worklist.clearFilters} onPress={() => onChange(noFilters)} />
      ) : null}
    </CountsContext>
  )
}

type Change = (part: Partial<Filters>) => void

const PlainChip = memo(function PlainChip({
  filter,
  icon,
  isOn,
  count,
  onChange,
}: {
  readonly filter: PlainFilter
  readonly icon: LucideIcon
  readonly isOn: boolean
  readonly count: number
  readonly onChange: Change
}): ReactNode {
  return (
    <ToggleButton
      className="chip"
      isSelected={isOn}
      onChange={(isWanted) => onChange({ [filter]: isWanted })}
    >
      <Glyph icon={icon} />
      {words.worklist.filter[filter]}
      <span className="chip-count">{words.worklist.count({ number: count })}</span>
    </ToggleButton>
  )
})

function valueName(filter: ListFilter, value: string, practiceNames: ReadonlyMap<string, string>): string {
  if (filter === 'practices') return practiceNames.get(value) ?? value
  return value === '' ? words.worklist.noValue : value
}

/** The most urgent priority first; everything else by name. */
function inOrder(
  filter: ListFilter,
  counts: ReadonlyMap<string, number>,
): readonly (readonly [string, number])[] {
  return [...counts].toSorted(
    ([a], [b]) =>
      (filter === 'priorities' ? priorityRank(a) - priorityRank(b) : 0) ||
      a.localeCompare(b, undefined, { numeric: true }),
  )
}

type ListProps = {
  readonly filter: ListFilter
  readonly chosen: readonly string[]
  readonly practiceNames: ReadonlyMap<string, string>
  readonly onChange: Change
}

const ListChip = memo(function ListChip(props: ListProps): ReactNode {
  const { filter, chosen, practiceNames } = props
  const name = words.worklist.filter[filter]
  const only = chosen[0]
  return (
    <MenuTrigger>
      <ChipButton isOn={chosen.length > 0}>
        {only === undefined
          ? name
          : chosen.length === 1
            ? words.worklist.chosenOne({ filter: name, value: valueName(filter, only, practiceNames) })
            : words.worklist.chosenMany({ filter: name, number: chosen.length })}
      </ChipButton>
      <Popover className="popover filter-menu">
        <ListMenu {...props} />
      </Popover>
    </MenuTrigger>
  )
})

/** A key names an empty value too, so it is never empty itself. */
function keyOf(value: string): string {
  return `=${value}`
}

function ListMenu({ filter, chosen, practiceNames, onChange }: ListProps): ReactNode {
  const counts = useCounts().list(filter)
  const select = (keys: Selection) =>
    onChange({
      [filter]: keys === 'all' ? [...counts.keys()] : [...keys].map((key) => String(key).slice(1)),
    })
  return (
    <Menu
      className="menu"
      aria-label={words.worklist.filter[filter]}
      selectionMode="multiple"
      selectedKeys={chosen.map(keyOf)}
      onSelectionChange={select}
    >
      {inOrder(filter, counts).map(([value, number]) => (
        <Item key={value} id={keyOf(value)} count={words.worklist.count({ number })}>
          {valueName(filter, value, practiceNames)}
        </Item>
      ))}
    </Menu>
  )
}

const assignedChoices = ['anyone', 'me', 'nobody'] as const

type AssignedProps = {
  readonly chosen: Filters['assigned']
  readonly knowsMe: boolean
  readonly onChange: Change
}

const AssignedChip = memo(function AssignedChip(props: AssignedProps): ReactNode {
  const { filter, assignedTo } = words.worklist
  const { chosen } = props
  return (
    <MenuTrigger>
      <ChipButton isOn={chosen !== 'anyone'}>
        {chosen === 'anyone'
          ? filter.assigned
          : words.worklist.chosenOne({ filter: filter.assigned, value: assignedTo[chosen] })}
      </ChipButton>
      <Popover className="popover filter-menu">
        <AssignedMenu {...props} />
      </Popover>
    </MenuTrigger>
  )
})

function AssignedMenu({ chosen, knowsMe, onChange }: AssignedProps): ReactNode {
  const counts = useCounts().assigned()
  const { filter, assignedTo } = words.worklist
  return (
    <Menu
      className="menu"
      aria-label={filter.assigned}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        const choice = assignedChoices.find((one) => keys !== 'all' && keys.has(one))
        if (choice !== undefined) onChange({ assigned: choice })
      }}
    >
      {assignedChoices.map((choice) => (
        <Item
          key={choice}
          id={choice}
          count={words.worklist.count({ number: counts[choice] })}
          isDisabled={choice === 'me' && !knowsMe}
        >
          {choice === 'me' && !knowsMe ? words.worklist.meUnknown : assignedTo[choice]}
        </Item>
      ))}
    </Menu>
  )
}

function ChipButton({ isOn, children }: { readonly isOn: boolean; readonly children: string }): ReactNode {
  return (
    <AriaButton className="chip" data-selected={isOn ? '' : undefined}>
      <span className="truncate">{children}</span>
      <Glyph icon={ChevronDown} />
    </AriaButton>
  )
}
