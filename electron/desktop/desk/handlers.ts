import type { z } from 'zod'
import type { CallName, CallResult, calls } from '../../../shared/ipc.ts'

/** Arguments as a handler gets them: parsed. */
export type ParsedArgs<Name extends CallName> = z.output<(typeof calls)[Name]['args']>

/** One handler a call of the contract: a missing one is a compile error. */
export type Handlers = {
  readonly [Name in CallName]: (args: ParsedArgs<Name>) => CallResult<Name> | Promise<CallResult<Name>>
}
