import type { z } from 'zod'
import type { Result } from '../http/outcome.ts'
import { one } from '../qubs/calls.ts'
import {
  episodeAppointmentsSchema,
  episodeIdSchema,
  episodeSchema,
  type Episode,
  type EpisodeAppointments,
} from './answers.ts'
import { checked, type CallOptions, type SoloCaller } from './caller.ts'
import { list } from './lists.ts'
import { path } from './path.ts'
import { episodeAssignment, episodeFields, type EpisodeAssignment, type EpisodeFields } from './requests.ts'

/** Episodes of care (contract 3.6). */
export type EpisodeCalls = {
  readonly createEpisode: (
    patientId: string,
    episode: EpisodeFields,
    options?: CallOptions,
  ) => Promise<Result<z.infer<typeof episodeIdSchema>>>
  readonly listEpisodes: (patientId: string, options?: CallOptions) => Promise<Result<readonly Episode[]>>
  readonly getEpisode: (episodeId: string, options?: CallOptions) => Promise<Result<Episode>>
  readonly updateEpisode: (
    episodeId: string,
    episode: EpisodeFields,
    options?: CallOptions,
  ) => Promise<Result<null>>
  readonly listEpisodeAppointments: (
    episodeId: string,
    options?: CallOptions,
  ) => Promise<Result<EpisodeAppointments>>
  readonly assignEpisode: (
    appointmentId: string,
    assignment: EpisodeAssignment,
    options?: CallOptions,
  ) => Promise<Result<null>>
}

export function episodeCalls({ read, write, change }: SoloCaller): EpisodeCalls {
  return {
    async createEpisode(patientId, given, options = {}) {
      const episode = checked(episodeFields, given)
      if (!episode.ok) return episode
      const body = { kind: 'json', value: episode.value } as const
      return write(
        { method: 'POST', path: path`patients/${patientId}/episodes`, body },
        options,
        "look at the patient's episodes",
        one(episodeIdSchema),
      )
    },
    listEpisodes: (patientId, options = {}) =>
      read(
        { method: 'GET', path: path`patients/${patientId}/episodes` },
        options,
        list(episodeSchema, 'episodes'),
      ),
    getEpisode: (episodeId, options = {}) =>
      read({ method: 'GET', path: path`episodes/${episodeId}` }, options, one(episodeSchema)),
    async updateEpisode(episodeId, given, options = {}) {
      const episode = checked(episodeFields, given)
      if (!episode.ok) return episode
      const body = { kind: 'json', value: episode.value } as const
      return change(
        { method: 'PUT', path: path`episodes/${episodeId}`, body },
        options,
        'read the episode again',
      )
    },
    // The vendor's page prints a stray quotation mark behind this path.
    listEpisodeAppointments: (episodeId, options = {}) =>
      read(
        { method: 'GET', path: path`episodes/${episodeId}/appointments` },
        options,
        one(episodeAppointmentsSchema),
      ),
    async assignEpisode(appointmentId, given, options = {}) {
      const assignment = checked(episodeAssignment, given)
      if (!assignment.ok) return assignment
      const body = { kind: 'json', value: assignment.value } as const
      return change(
        { method: 'PUT', path: path`appointments/${appointmentId}/episode/assign`, body },
        options,
        'look at the appointments of the episode',
      )
    },
  }
}
