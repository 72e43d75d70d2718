import type { z } from 'zod'
import type { Result } from '../http/outcome.ts'
import { checked, type CallOptions } from '../solo/caller.ts'
import type { SoloClient } from '../solo/client.ts'

/** What one call of the Solo client is to the command line (solo-calls.ts has them all). */

/** An option of the command line with the field of the request that it becomes. */
type SoloOption = {
  readonly field: string
  readonly kind: 'text' | 'number'
  readonly placeholder: string
}

export const soloOptions = {
  after: { field: 'after', kind: 'number', placeholder: 'SECONDS' },
  before: { field: 'before', kind: 'number', placeholder: 'SECONDS' },
  'waiting-room': { field: 'waitingRoom', kind: 'text', placeholder: 'NAME' },
  duration: { field: 'duration', kind: 'number', placeholder: 'SECONDS' },
  'file-name': { field: 'fileName', kind: 'text', placeholder: 'NAME' },
  from: { field: 'from', kind: 'text', placeholder: 'YYYY-MM-DD' },
  to: { field: 'to', kind: 'text', placeholder: 'YYYY-MM-DD' },
} as const satisfies Record<string, SoloOption>
export type SoloOptionName = keyof typeof soloOptions

/** What a call of the command line was given. */
export type SoloGiven = CallOptions & {
  readonly parameters: readonly string[]
  /** Named as the fields of requests. */
  readonly values: Readonly<Record<string, string | number>>
  /** JSON from standard input or `--body`; undefined where the call takes none. */
  readonly body: unknown
  /** The bytes of FILE where the call takes one. */
  readonly file: Uint8Array | null
  readonly baseUrl: string
  /** The one that the call needs; empty where it needs none. */
  readonly secret: string
}

export type SoloCall = {
  /** `FILE` is the name of a file to read. */
  readonly parameters: readonly string[]
  readonly options: readonly SoloOptionName[]
  readonly takesBody: boolean
  /** What comes back: a value to print, bytes for `--output`, or a webhook with a key for the keychain. */
  readonly gives: 'value' | 'bytes' | 'webhook-key'
  /** Besides the API key. */
  readonly needs: 'teamsAuthToken' | 'linkingSecret' | null
  readonly summary: string
  readonly run: (client: SoloClient, given: SoloGiven) => Promise<Result<unknown>>
}

type Plain = Pick<SoloCall, 'parameters' | 'summary' | 'run'>

export const plain = (call: Plain & Partial<SoloCall>): SoloCall => ({
  options: [],
  takesBody: false,
  gives: 'value',
  needs: null,
  ...call,
})

/** A call with a JSON body, which its schema reads. */
export const withBody = <Body>(
  schema: z.ZodType<Body>,
  call: Omit<Plain, 'run'> & Partial<Pick<SoloCall, 'gives'>>,
  run: (client: SoloClient, body: Body, id: string, options: CallOptions) => Promise<Result<unknown>>,
): SoloCall =>
  plain({
    ...call,
    takesBody: true,
    run: async (client, { body, parameters: [id = ''], signal }) => {
      const read = checked(schema, body)
      return read.ok ? run(client, read.value, id, { signal }) : read
    },
  })
