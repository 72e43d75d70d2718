import type { LucideIcon } from 'lucide-react'
import { LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, Tooltip, TooltipTrigger, type ButtonProps } from 'react-aria-components'

type Shared = Pick<
  ButtonProps,
  'aria-label' | 'onPress' | 'isDisabled' | 'type' | 'autoFocus' | 'slot' | 'aria-controls'
> & {
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger' | 'danger-primary'
  readonly size?: 'normal' | 'small'
  /** Shows that the press is being carried out and refuses another; focus stays where it is. */
  readonly isBusy?: boolean
}

/** A button with its name in words. */
export function Button({
  icon: Icon,
  children,
  kind = 'plain',
  size = 'normal',
  isBusy = false,
  ...rest
}: Shared & { readonly icon?: LucideIcon; readonly children: ReactNode }): ReactNode {
  const shown = isBusy ? LoaderCircle : Icon
  return (
    <AriaButton {...rest} isPending={isBusy} className="button" data-kind={kind} data-size={size}>
      {shown === undefined ? null : <Glyph icon={shown} isSpinning={isBusy} />}
      {children}
    </AriaButton>
  )
}

/** A button that shows an icon only: its name is spoken, and shown beside it on hover and focus. */
export function IconButton({
  icon,
  name,
  kind = 'quiet',
  size = 'normal',
  isBusy = false,
  ...rest
}: Shared & { readonly icon: LucideIcon; readonly name: string }): ReactNode {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        {...rest}
        isPending={isBusy}
        aria-label={name}
        className="button"
        data-kind={kind}
        data-size={size}
        data-icon-only
      >
        <Glyph icon={isBusy ? LoaderCircle : icon} isSpinning={isBusy} />
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {name}
      </Tooltip>
    </TooltipTrigger>
  )
}

/** One icon of the set, in the size of its text. It never speaks: words beside it do. */
export function Glyph({
  icon: Icon,
  isSpinning = false,
  tone,
}: {
  readonly icon: LucideIcon
  readonly isSpinning?: boolean
  readonly tone?: Tone
}): ReactNode {
  return <Icon aria-hidden="true" className={isSpinning ? 'icon spin' : 'icon'} data-tone={tone} />
}

/** What a colour says, always beside words: `calm` is nothing to look at. */
export type Tone = 'good' | 'warn' | 'bad' | 'active' | 'calm'

/** A key of the keyboard, named beside what it does. */
export function Key({ children }: { readonly children: string }): ReactNode {
  return <kbd className="kbd">{children}</kbd>
}
