import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { soloLinkTypes, soloSexes } from '../../shared/solo.ts'
import type { Result } from '../http/outcome.ts'
import { checked } from './caller.ts'
import { isoDay, unixSeconds } from './dates.ts'
import { filledText } from './requests.ts'
import { IV_BYTES, SALT_BYTES, sealText } from './sealed-text.ts'

/** What a context-aware link says (contract 4.3). */
export const linkContext = z.strictObject({
  /** Who opens it, as Solo knows them. */
  user: filledText,
  type: z.enum(soloLinkTypes, { error: `must be one of ${soloLinkTypes.join(', ')}` }),
  visit: filledText,
  date: unixSeconds,
  patient: z.strictObject(
    {
      id: filledText,
      sex: z.enum(soloSexes, { error: `must be one of ${soloSexes.join(', ')}` }),
      dob: isoDay,
      firstName: filledText,
      lastName: filledText,
    },
    { error: 'must be a patient' },
  ),
})
export type LinkContext = z.infer<typeof linkContext>

/** `count` random bytes. */
export type RandomBytes = (count: number) => Uint8Array

/**
 * The address that opens a visit with its context. It is a login and has patient data in it: build one for each click,
 * hand it to the browser, and neither keep nor log it. Salt and IV are random each time.
 */
export function contextAwareLink(
  baseUrl: string,
  secret: string,
  given: LinkContext,
  random: RandomBytes = randomBytes,
): Result<string> {
  const context = checked(linkContext, given)
  if (!context.ok) return context
  const salt = random(SALT_BYTES)
  const iv = random(IV_BYTES)
  const sealed = sealText(JSON.stringify(context.value), secret, { salt, iv })
  // Encoded once, and as a whole: a bare + would arrive as a space (contract 4.3).
  const link = `${baseUrl.replace(/\/+$/, '')}/integrations/linking?arg=${encodeURIComponent(sealed)}`
  return { ...context, value: link }
}
