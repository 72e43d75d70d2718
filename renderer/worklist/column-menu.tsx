import { ArrowDown, ArrowUp, Columns3, RotateCcw } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { ColumnChoice } from '../../shared/preferences.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Checkbox } from '../ui/choice.tsx'
import { words } from '../words.ts'
import { allColumns, canBeHidden, moveColumn, showColumn } from './columns.ts'

/** Which columns there are, and in which order. */
export const ColumnMenu = memo(function ColumnMenu({
  columns,
  practices,
  onChange,
}: {
  readonly columns: readonly ColumnChoice[]
  /** With one practice its column says nothing and is not offered. */
  readonly practices: number
  readonly onChange: (columns: readonly ColumnChoice[]) => void
}): ReactNode {
  const offered = allColumns(columns).filter(({ id }) => id !== 'practice' || practices > 1)
  const among = offered.map(({ id }) => id)
  const { columnMenu } = words.worklist
  return (
    <DialogTrigger>
      <IconButton icon={Columns3} name={columnMenu.title} />
      <Popover className="popover" placement="bottom end">
        <Dialog className="column-menu" aria-label={columnMenu.title}>
          <ul>
            {offered.map(({ id, isShown }, index) => {
              const name = words.worklist.columns[id]
              return (
                <li key={id}>
                  <Checkbox
                    label={name}
                    isSelected={isShown}
                    isDisabled={!canBeHidden(id)}
                    onChange={(isChosen) => onChange(showColumn(columns, id, isChosen))}
                  />
                  <IconButton
                    icon={ArrowUp}
                    size="small"
                    name={columnMenu.earlier({ name })}
                    isDisabled={index === 0}
                    onPress={() => onChange(moveColumn(columns, id, -1, among))}
                  />
                  <IconButton
                    icon={ArrowDown}
                    size="small"
                    name={columnMenu.later({ name })}
                    isDisabled={index === offered.length - 1}
                    onPress={() => onChange(moveColumn(columns, id, 1, among))}
                  />
                </li>
              )
            })}
          </ul>
          <Button kind="quiet" size="small" icon={RotateCcw} onPress={() => onChange([])}>
            {columnMenu.reset}
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
})
