import { z } from 'zod'
import { textAnswer } from '../core/answer.ts'
import { notFound, SoloError } from './solo-error.ts'
import { calendarDate, readSoloQuery, requiredText } from './solo-input.ts'
import { openEnvelope } from './envelope.ts'
import { visitOf, type SoloHandlers } from './solo-call.ts'
import { providerVisitUrl } from './visits.ts'

/** Context-aware linking (contract 4.3), and the pages that links lead to. */

/** The schema of the vendor's page; members that it does not name are allowed, as JSON Schema has it. */
const contextSchema = z.object({
  user: z.string(),
  type: z.enum(['patient', 'medicalAssistant', 'provider']),
  visit: z.string(),
  date: z.number(),
  patient: z.object({
    id: z.string(),
    sex: z.enum(['male', 'female', 'other', 'unknown']),
    dob: calendarDate,
    firstName: z.string(),
    lastName: z.string(),
  }),
})

function jsonIn(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '') as unknown
  } catch {
    return undefined
  }
}

export const linkingCalls: SoloHandlers<'solo-linking' | 'solo-page'> = {
  'solo-linking': (call, context) => {
    const { arg } = readSoloQuery(call.request, z.object({ arg: requiredText }))
    const parsed = contextSchema.safeParse(jsonIn(openEnvelope(arg, context.linkingSecret)))
    if (!parsed.success) throw new SoloError(400, 'The link is not valid')
    const { date, visit: wanted, ...rest } = parsed.data
    const visit =
      context.state.visit(wanted) ?? context.state.visits.findLast(({ externalId }) => externalId === wanted)
    if (visit === undefined) throw notFound('Visit')
    if (context.switches.soloLinksWorkOnce && context.usedLinks.has(arg)) {
      throw new SoloError(400, 'The link has been used')
    }
    context.usedLinks.add(arg)
    context.openedLinks.push({ ...rest, visit: wanted, dateSeconds: date, appointmentId: visit.id })
    return textAnswer(302, 'text/html; charset=utf-8', '', { Location: providerVisitUrl(visit, context) })
  },
  'solo-page': (call, context) => {
    const { token } = call.parameters
    const visit =
      token === undefined
        ? visitOf(call, context)
        : context.state.visits.find(({ checkInToken }) => checkInToken === token)
    if (visit === undefined) throw notFound('Visit')
    const what = token === undefined ? 'video call' : 'check-in'
    return textAnswer(
      200,
      'text/html; charset=utf-8',
      `<!doctype html><title>Simulated visit</title><h1>Simulated ${what} of visit ${visit.id}</h1>`,
    )
  },
}
