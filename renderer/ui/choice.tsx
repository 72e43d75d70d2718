import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Checkbox as AriaCheckbox,
  FieldError,
  Label,
  Radio,
  RadioGroup,
  Switch as AriaSwitch,
  Text,
} from 'react-aria-components'

/** One of a few, all in sight. `look` segments: a strip of buttons; list: one a line. */
export function Choice<Value extends string>({
  label,
  options,
  value,
  onChange,
  hint,
  error = null,
  look = 'segments',
  isLabelHidden = false,
}: {
  readonly label: string
  readonly options: Readonly<Record<Value, string>>
  readonly value: Value | null
  readonly onChange: (value: Value) => void
  readonly hint?: string
  readonly error?: string | null
  readonly look?: 'segments' | 'list'
  readonly isLabelHidden?: boolean
}): ReactNode {
  const isOption = (text: string): text is Value => Object.hasOwn(options, text)
  const choose = (text: string) => {
    if (isOption(text)) onChange(text)
  }
  return (
    <RadioGroup
      className="field"
      value={value}
      isInvalid={error !== null}
      onChange={choose}
      {...(isLabelHidden ? { 'aria-label': label } : {})}
    >
      {isLabelHidden ? null : <Label className="field-label">{label}</Label>}
      <div>
        <div className={look === 'segments' ? 'segments' : 'radio-list'}>
          {Object.entries<string>(options).map(([key, text]) => (
            <Radio key={key} value={key} className={look === 'segments' ? 'segment' : 'radio'}>
              {look === 'list' ? <span className="dot" /> : null}
              {text}
            </Radio>
          ))}
        </div>
      </div>
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </RadioGroup>
  )
}

/** A box to tick, with an optional second line that says what it means. */
export function Checkbox({
  label,
  hint,
  isSelected,
  isDisabled = false,
  onChange,
}: {
  readonly label: string
  readonly hint?: string
  readonly isSelected: boolean
  readonly isDisabled?: boolean
  readonly onChange: (isSelected: boolean) => void
}): ReactNode {
  return (
    <AriaCheckbox className="check" isSelected={isSelected} isDisabled={isDisabled} onChange={onChange}>
      <span className="box">
        <Check aria-hidden="true" className="icon" />
      </span>
      <span>
        <span className="block">{label}</span>
        {hint === undefined ? null : <span className="field-hint block">{hint}</span>}
      </span>
    </AriaCheckbox>
  )
}

/** Something that is on or off at once. */
export function Switch({
  label,
  hint,
  isSelected,
  onChange,
}: {
  readonly label: string
  readonly hint?: string
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
}): ReactNode {
  return (
    <AriaSwitch className="switch" isSelected={isSelected} onChange={onChange}>
      <span className="track" />
      <span>
        <span className="block">{label}</span>
        {hint === undefined ? null : <span className="field-hint block">{hint}</span>}
      </span>
    </AriaSwitch>
  )
}
