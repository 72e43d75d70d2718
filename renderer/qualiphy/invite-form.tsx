import { useEffect, useRef, type ReactNode } from 'react'
import type { CallResult } from '../../shared/ipc.ts'
import type { FieldProblem } from '../../shared/qualiphy-form.ts'
import type { InviteField } from '../../shared/qualiphy.ts'
import { Choice } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import { Fold } from '../ui/fold.tsx'
import { words } from '../words.ts'
import { ExamField } from './exam-field.tsx'
import { rareFields, type InviteDraft, type TypedField } from './invite-draft.ts'

const texts = words.qualiphy
const { fields, groups, hints } = texts

export type InviteFormProps = {
  readonly list: CallResult<'qualiphy.exams'> | undefined
  readonly draft: InviteDraft
  readonly onChange: (draft: InviteDraft) => void
  /** None before the person has asked for the preview. */
  readonly problems: readonly FieldProblem[]
  /** Counts the times the person has asked: each time the cursor goes to the first field that is wrong. */
  readonly asked: number
  readonly isMoreOpen: boolean
  readonly setMoreOpen: (isOpen: boolean) => void
}

/** Every documented field, each with its message; the rare ones are folded away while they are right. */
export function InviteForm({
  list,
  draft,
  onChange,
  problems,
  asked,
  isMoreOpen,
  setMoreOpen,
}: InviteFormProps): ReactNode {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked === 0) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input')?.focus()
  }, [asked])
  const errorOf = (field: InviteField): string | null =>
    problems.find((problem) => problem.field === field)?.message ?? null
  const set = (field: TypedField, value: string) =>
    onChange({ ...draft, values: { ...draft.values, [field]: value } })
  const text = (field: TypedField, hint?: string) => (
    <TextField
      key={field}
      label={fields[field]}
      value={draft.values[field]}
      onChange={(value) => set(field, isState(field) ? value.toUpperCase() : value)}
      error={errorOf(field)}
      maxLength={2_000}
      {...(hint === undefined ? {} : { hint })}
    />
  )
  const isRareWrong = problems.some(({ field }) => rareFields.has(field))
  return (
    <div className="invite-form" ref={form}>
      <ExamField
        list={list}
        draft={draft}
        onChange={(part) => onChange({ ...draft, ...part })}
        error={errorOf('exams')}
      />
      {row(text('first_name'), text('last_name'))}
      {row(text('dob', hints.dob), text('tele_state', hints.tele_state))}
      {row(text('email'), text('phone_number', hints.phone_number))}
      <Choice
        label={fields.gender}
        options={texts.sexes}
        value={sexOf(draft.values.gender)}
        onChange={(value) => set('gender', value)}
        error={errorOf('gender')}
      />
      <Fold title={texts.moreFields} level={3} isOpen={isMoreOpen || isRareWrong} onChange={setMoreOpen}>
        <Group title={groups.addresses}>
          <Choice
            label={fields.patient_address_prefill}
            look="list"
            options={texts.prefills}
            value={prefillOf(draft.values.patient_address_prefill)}
            onChange={(value) => set('patient_address_prefill', value)}
            error={errorOf('patient_address_prefill')}
          />
          {row(text('address_line_1'), text('address_line_2'))}
          {row(text('city'), text('state'))}
          {row(text('zip_code'))}
        </Group>
        <Group title={groups.shipping}>
          {row(text('shipping_address_line_1'), text('shipping_address_line_2'))}
          {row(text('shipping_city'), text('shipping_state'))}
          {row(text('shipping_zip_code'))}
        </Group>
        <Group title={groups.prescription} hint={hints.pharmacy}>
          {row(text('pharmacy_id'), text('exam_pos_id'))}
          {row(text('dmv_license_number'))}
        </Group>
        <Group title={groups.redirects} hint={hints.redirects}>
          {row(text('redirect_approve'), text('redirect_reject'))}
          {row(text('redirect_na'), text('redirect_missed'))}
        </Group>
        <Group title={groups.technical}>
          {text('webhook_url', hints.webhook_url)}
          {text('additional_data', hints.additional_data)}
        </Group>
      </Fold>
    </div>
  )
}

function Group({
  title,
  hint,
  children,
}: {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className="invite-group" aria-label={title}>
      <h4>{title}</h4>
      {hint === undefined ? null : <p className="field-hint">{hint}</p>}
      {children}
    </section>
  )
}

function row(...items: readonly ReactNode[]): ReactNode {
  return <div className="field-row">{items}</div>
}

function isState(field: TypedField): boolean {
  return field === 'state' || field === 'shipping_state' || field === 'tele_state'
}

function sexOf(value: string): keyof typeof texts.sexes {
  return value === '1' || value === '2' || value === '3' ? value : 'none'
}

function prefillOf(value: string): keyof typeof texts.prefills {
  return value === '1' || value === '2' ? value : 'none'
}
