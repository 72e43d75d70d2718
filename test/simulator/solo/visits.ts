import { z } from 'zod'
import { jsonAnswer } from '../core/answer.ts'
import { bodyObject } from '../core/json-request.ts'
import {
  createdAnswer,
  linkOrigin,
  patientOf,
  visitOf,
  type SoloContext,
  type SoloHandler,
  type SoloHandlers,
} from './solo-call.ts'
import { badParameters, notFound, SoloError } from './solo-error.ts'
import { durationSeconds, optionalText, readSoloBody, requiredText, unixSeconds } from './solo-input.ts'
import type { SoloVisit } from './solo-records.ts'

/** Visits, which the API calls appointments, and their links (contract 3.3). */

/** The patient's link: a page where the patient checks in. */
export function patientVisitUrl(visit: SoloVisit, context: SoloContext): string {
  return `${linkOrigin(context)}/check-in/${visit.checkInToken}`
}

/** Where a provider meets the patient; the linking endpoint leads there too. */
export function providerVisitUrl(visit: SoloVisit, context: SoloContext): string {
  return `${linkOrigin(context)}/videocalls/${visit.id}`
}

const create: SoloHandler = (call, context) => {
  const patient = patientOf(call, context)
  const schema = bodyObject(
    {
      date: unixSeconds.nullish(),
      reasons: z.array(z.string()).nullish(),
      duration: durationSeconds.nullish(),
      waitingRoom: requiredText,
      externalId: optionalText,
      episodeOfCareId: optionalText,
      accountNumber: optionalText,
    },
    context.switches.refuseUnknownFields,
  )
  const body = readSoloBody(call.request, schema)
  const room = context.state.waitingRoom(body.waitingRoom)
  if (room === undefined) throw badParameters([['waitingRoom', 'Waiting room not found.']])
  const episodeId = body.episodeOfCareId ?? null
  if (episodeId !== null && !context.state.episodes.some(({ id }) => id === episodeId)) {
    throw badParameters([['episodeOfCareId', 'Episode not found.']])
  }
  const visit = context.state.addVisit({
    patientId: patient.id,
    waitingRoom: room.name,
    dateSeconds: body.date ?? Math.floor(context.now() / 1000),
    durationSeconds: body.duration ?? room.slotSeconds,
    reasons: body.reasons ?? [],
    externalId: body.externalId ?? null,
    accountNumber: body.accountNumber ?? null,
    episodeId,
  })
  return createdAnswer({ id: visit.id, visitUrl: patientVisitUrl(visit, context) }, context)
}

function links(visit: SoloVisit, context: SoloContext): unknown {
  return {
    appointmentExternalId: visit.externalId,
    providerVisitUrl: providerVisitUrl(visit, context),
    patientVisitUrl: patientVisitUrl(visit, context),
  }
}

export const visitCalls: SoloHandlers<
  | 'solo-visit-create'
  | 'solo-visit-create-by-hsid'
  | 'solo-visit-create-by-spid'
  | 'solo-visit'
  | 'solo-visit-update'
  | 'solo-provider-link'
  | 'solo-teams-link'
  | 'solo-links'
  | 'solo-links-by-said'
> = {
  'solo-visit-create': create,
  'solo-visit-create-by-hsid': create,
  'solo-visit-create-by-spid': create,
  'solo-visit': (call, context) => {
    const visit = visitOf(call, context)
    const patient = context.state.patientBySpid(visit.patientSpid)
    return jsonAnswer(200, {
      id: visit.id,
      date: visit.dateSeconds,
      duration: visit.durationSeconds,
      reasons: visit.reasons,
      status: visit.status,
      videoCall: visit.videoCall,
      externalId: visit.externalId,
      patient: { id: patient?.id, demographics: patient?.demographics },
      providers: visit.providers,
    })
  },
  'solo-visit-update': (call, context) => {
    const visit = visitOf(call, context)
    const schema = bodyObject(
      {
        date: unixSeconds.optional(),
        duration: durationSeconds.optional(),
        status: z.literal('cancelled', { error: 'Only cancelled is allowed.' }).optional(),
        externalId: optionalText,
        reasons: z.array(z.string()).optional(),
        accountNumber: optionalText,
      },
      context.switches.refuseUnknownFields,
    )
    const body = readSoloBody(call.request, schema)
    visit.dateSeconds = body.date ?? visit.dateSeconds
    visit.durationSeconds = body.duration ?? visit.durationSeconds
    visit.status = body.status ?? visit.status
    visit.reasons = body.reasons ?? visit.reasons
    if (body.externalId !== undefined) visit.externalId = body.externalId
    if (body.accountNumber !== undefined) visit.accountNumber = body.accountNumber
    return jsonAnswer(200, { id: visit.id, visitUrl: patientVisitUrl(visit, context) })
  },
  'solo-provider-link': (call, context) => {
    const visit = visitOf(call, context)
    return jsonAnswer(200, { id: visit.id, providerVisitUrl: providerVisitUrl(visit, context) })
  },
  'solo-teams-link': (call, context) => {
    const visit = visitOf(call, context)
    if (call.request.headers['teams-auth-token'] !== context.teamsToken) {
      throw new SoloError(401, 'Teams-Auth-Token is missing or not valid')
    }
    // The vendor's own links lead to Microsoft, whatever host Solo has.
    const origin =
      context.switches.soloLinkOrigin === null ? 'https://teams.microsoft.com' : linkOrigin(context)
    const msTeamsProviderVisitUrl = `${origin}/v2/?meetingjoin=true&visit=${visit.aggregateId}`
    return jsonAnswer(200, { id: visit.id, msTeamsProviderVisitUrl })
  },
  'solo-links': (call, context) => {
    const { externalId } = call.parameters
    // Nothing keeps two visits from having one external id; the latest wins.
    const visit = context.state.visits.findLast((candidate) => candidate.externalId === externalId)
    if (visit === undefined) throw notFound('Appointment')
    return jsonAnswer(200, links(visit, context))
  },
  'solo-links-by-said': (call, context) => jsonAnswer(200, links(visitOf(call, context), context)),
}
