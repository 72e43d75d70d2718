import { z } from 'zod'
import type { Parse } from '../qubs/calls.ts'

/**
 * A list, bare or in the named field. An item that cannot be read makes the answer unreadable: a slot, a webhook or an
 * attachment that goes missing in silence would be booked, made or sent a second time.
 */
export function list<T>(item: z.ZodType<T>, field: string | null = null): Parse<readonly T[]> {
  return (json) => {
    const inner = field === null ? json : z.object({ [field]: z.unknown() }).safeParse(json).data?.[field]
    const read = z.array(item).safeParse(inner)
    return read.success ? { value: read.data } : 'its content is not a list as Radpost knows it'
  }
}
