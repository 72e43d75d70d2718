import { Search, X } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import {
  FieldError,
  Input,
  Label,
  SearchField as AriaSearchField,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps,
} from 'react-aria-components'
import { words } from '../words.ts'
import { Glyph, IconButton, Key } from './button.tsx'

type FieldProps = Pick<
  TextFieldProps,
  'isDisabled' | 'isRequired' | 'type' | 'autoFocus' | 'maxLength' | 'autoComplete'
> & {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  /** One sentence at the field; null while it is right or not yet judged. */
  readonly error?: string | null
  readonly placeholder?: string
  readonly onBlur?: () => void
  /** Lines; more than one makes it a text area. */
  readonly lines?: number
}

/** One labelled text field with its hint and its error. */
export function TextField({
  label,
  hint,
  error = null,
  placeholder = '',
  lines = 1,
  autoComplete = 'off',
  ...rest
}: FieldProps): ReactNode {
  return (
    <AriaTextField {...rest} autoComplete={autoComplete} isInvalid={error !== null} className="field">
      <Label className="field-label">{label}</Label>
      {lines === 1 ? (
        <Input className="input" placeholder={placeholder} spellCheck="false" />
      ) : (
        <TextArea className="input" rows={lines} placeholder={placeholder} spellCheck="false" />
      )}
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  )
}

/** A search that filters what is shown; `shortcut` is the key that leads to it. */
export function SearchField({
  label,
  placeholder,
  value,
  onChange,
  shortcut,
  inputRef,
  onSubmit,
}: {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly shortcut?: string
  readonly inputRef?: Ref<HTMLInputElement>
  readonly onSubmit?: () => void
}): ReactNode {
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      {...(onSubmit === undefined ? {} : { onSubmit })}
      className="search"
    >
      <span className="search-icon">
        <Glyph icon={Search} />
      </span>
      <Input
        className="input"
        placeholder={placeholder}
        spellCheck="false"
        {...(inputRef === undefined ? {} : { ref: inputRef })}
      />
      <span className="search-end">
        {shortcut === undefined ? null : <Key>{shortcut}</Key>}
        <IconButton icon={X} size="small" name={words.shell.clearSearch} />
      </span>
    </AriaSearchField>
  )
}
