import { z } from 'zod'
import { calls, events, type CallName, type Envelope, type EventName } from '../../shared/ipc.ts'
import { ActionRefused } from '../outbox/person-actions.ts'
import { ProfileUnusable } from '../station/profile.ts'
import { SettingsUnusable } from '../station/settings-file.ts'
import { VaultError } from '../vault/vault.ts'
import { CallFailed } from './desk/call-failed.ts'
import type { Handlers } from './desk/handlers.ts'
import { answeredWhileLocked } from './desk/idle-lock.ts'

/**
 * Answers calls of the window: by name from the contract, arguments and results through its schemas, every failure as
 * an envelope with a code and a sentence (Electron checklist 17; shared/ipc.ts). Knows nothing of Electron.
 */
export type IpcRegistry = {
  /** Never rejects. What does not fit the contract is answered, not ignored. */
  answer(name: unknown, args: unknown): Promise<Envelope<unknown>>
}

export type IpcRegistryParts = {
  readonly handlers: Handlers
  /** Takes paths out of a sentence. */
  readonly clean: (sentence: string) => string
  readonly onBug: (error: unknown) => void
  /** The window is covered: calls that would give data of a patient are refused. */
  readonly isLocked: () => boolean
}

const lockedSentence = 'Radpost is locked. Unlock it first.'
const ownMistake = 'Radpost made a mistake of its own; the log says more.'

export function createIpcRegistry({ handlers, clean, onBug, isLocked }: IpcRegistryParts): IpcRegistry {
  async function carryOut(name: CallName, args: unknown): Promise<Envelope<unknown>> {
    const contract: { readonly args: z.ZodType; readonly result: z.ZodType } = calls[name]
    if (isRefused(name)) return refusal('locked', lockedSentence)
    const parsed = contract.args.safeParse(args)
    if (!parsed.success) return refusal('invalid', `Not possible: ${whatIsWrong(parsed.error)}`)
    // The schema of this very name has just parsed it; the compiler cannot follow one name through two maps.
    const answer: unknown = await Reflect.apply(handlers[name], handlers, [parsed.data])
    // The cover may have come while the answer was made.
    if (isRefused(name)) return refusal('locked', lockedSentence)
    const result = contract.result.safeParse(answer)
    if (result.success) return { ok: true, result: result.data }
    onBug(new Error(`The answer of ${name} does not fit the contract: ${fieldsOf(result.error)}`))
    return refusal('internal', ownMistake)
  }

  function isRefused(name: CallName): boolean {
    return isLocked() && !answeredWhileLocked.has(name)
  }

  function refusal(code: string, message: string): Envelope<never> {
    return { ok: false, code, message: clean(message) }
  }

  function failure(error: unknown): Envelope<never> {
    if (error instanceof CallFailed) return refusal(error.code, error.message)
    if (error instanceof ActionRefused) return refusal('refused', error.message)
    if (error instanceof VaultError) return refusal('keychain', error.message)
    if (error instanceof SettingsUnusable) return refusal('settings', error.message)
    if (error instanceof ProfileUnusable) return refusal('settings', error.message)
    onBug(error)
    return refusal('internal', ownMistake)
  }

  return {
    async answer(name, args) {
      if (!isCallName(name)) return refusal('invalid', 'There is no such call.')
      try {
        return await carryOut(name, args)
      } catch (error) {
        return failure(error)
      }
    },
  }
}

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name)
}

/** The payload as the contract has it, without anything more. @throws Error when it does not fit: a bug of ours */
export function checkedEvent(name: EventName, payload: unknown): unknown {
  const schema: z.ZodType = events[name]
  const parsed = schema.safeParse(payload)
  if (parsed.success) return parsed.data
  throw new Error(`The event ${name} does not fit the contract: ${fieldsOf(parsed.error)}`)
}

/** Names of fields and zod's own words on them; never what was typed. */
function whatIsWrong(error: z.ZodError): string {
  const [issue] = error.issues
  if (issue === undefined) return 'the call is not understood.'
  const field = issue.path.map(String).join('.')
  return `${field === '' ? 'the call' : `"${field}"`} is not acceptable (${issue.code.replaceAll('_', ' ')}).`
}

function fieldsOf(error: z.ZodError): string {
  return [...new Set(error.issues.map((issue) => issue.path.map(String).join('.')))].join(', ')
}
