import { z } from 'zod'
import { jsonAnswer } from '../core/answer.ts'
import { bodyObject } from '../core/json-request.ts'
import {
  createdAnswer,
  emptyAnswer,
  patientOf,
  visitOf,
  type SoloCall,
  type SoloContext,
  type SoloHandlers,
} from './solo-call.ts'
import { badParameters, notFound } from './solo-error.ts'
import { calendarDate, optionalText, readSoloBody, requiredText } from './solo-input.ts'
import { episodeStatuses, type SoloEpisode } from './solo-records.ts'
import { episodeTypes } from './solo-state.ts'

/** Episodes of care (contract 3.6). */

type EpisodeFields = Omit<SoloEpisode, 'id' | 'patientSpid'>

function readEpisode({ request }: SoloCall, { switches }: SoloContext): EpisodeFields {
  const schema = bodyObject(
    {
      name: requiredText,
      type: z.enum(episodeTypes, { error: 'The value you selected is not a valid choice.' }),
      from: calendarDate,
      to: calendarDate.nullish(),
      status: z.enum(episodeStatuses, { error: 'The value you selected is not a valid choice.' }),
      objective: optionalText,
      reasonIncomplete: optionalText,
    },
    switches.refuseUnknownFields,
  )
  const { to = null, objective = null, reasonIncomplete = null, ...required } = readSoloBody(request, schema)
  if (to !== null && to < required.from)
    throw badParameters([['to', 'This value should not be before "from".']])
  return { ...required, to, objective, reasonIncomplete }
}

function fields({ id, name, from, to, type, status, objective, reasonIncomplete }: SoloEpisode) {
  return { id, name, from, to, type, status: status.toLowerCase(), objective, reasonIncomplete }
}

/** @throws SoloError 404 */
function episodeOf({ parameters }: SoloCall, { state }: SoloContext): SoloEpisode {
  const found = state.episodes.find(({ id }) => id === parameters['episodeId'])
  if (found === undefined) throw notFound('Episode')
  return found
}

/** The view of one episode, which names its patient. */
function fullView(episode: SoloEpisode, { state }: SoloContext): unknown {
  return {
    ...fields(episode),
    soloPatientId: episode.patientSpid,
    externalPatientId: state.patientBySpid(episode.patientSpid)?.id,
  }
}

export const episodeCalls: SoloHandlers<
  | 'solo-episode-create'
  | 'solo-episodes'
  | 'solo-episode'
  | 'solo-episode-update'
  | 'solo-episode-visits'
  | 'solo-episode-assign'
> = {
  'solo-episode-create': (call, context) => {
    const patient = patientOf(call, context)
    const episode = { ...readEpisode(call, context), id: context.newId(), patientSpid: patient.spid }
    context.state.episodes.push(episode)
    return createdAnswer({ episodeId: episode.id }, context)
  },
  'solo-episodes': (call, context) => {
    const patient = patientOf(call, context)
    const own = context.state.episodes.filter(({ patientSpid }) => patientSpid === patient.spid)
    return jsonAnswer(200, {
      episodes: own.map((episode) => {
        const { id, ...rest } = fields(episode)
        return { id, patientId: patient.id, ...rest }
      }),
    })
  },
  'solo-episode': (call, context) => jsonAnswer(200, fullView(episodeOf(call, context), context)),
  'solo-episode-update': (call, context) => {
    const episode = episodeOf(call, context)
    Object.assign(episode, readEpisode(call, context))
    return emptyAnswer(context)
  },
  'solo-episode-visits': (call, context) => {
    const episode = episodeOf(call, context)
    const visits = context.state.visits.filter(({ episodeId }) => episodeId === episode.id)
    return jsonAnswer(200, {
      episode: fullView(episode, context),
      appointments: visits.map((visit) => ({
        appointmentId: visit.id,
        date: visit.dateSeconds,
        reasons: visit.reasons,
        hasNotes: visit.notes.length > 0,
        episodeOfCareId: visit.episodeId,
      })),
    })
  },
  'solo-episode-assign': (call, context) => {
    const visit = visitOf(call, context)
    const schema = bodyObject({ episodeId: optionalText }, context.switches.refuseUnknownFields)
    const { episodeId = null } = readSoloBody(call.request, schema)
    if (episodeId !== null && !context.state.episodes.some(({ id }) => id === episodeId))
      throw notFound('Episode')
    visit.episodeId = episodeId
    return emptyAnswer(context)
  },
}
