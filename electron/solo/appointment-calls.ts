import type { z } from 'zod'
import type { Result } from '../http/outcome.ts'
import { one } from '../qubs/calls.ts'
import {
  appointmentSchema,
  bookedSchema,
  providerLinkSchema,
  slotSchema,
  teamsLinkSchema,
  videoCallLinksSchema,
  visitNoteSchema,
  waitingRoomSchema,
  type Appointment,
  type Booked,
  type Slot,
  type VideoCallLinks,
  type VisitNote,
  type WaitingRoom,
} from './answers.ts'
import { checked, type CallOptions, type SoloCaller } from './caller.ts'
import { list } from './lists.ts'
import { soloId, spidPath } from './patient-calls.ts'
import { path, type SoloPath } from './path.ts'
import {
  appointmentChanges,
  filledText,
  newAppointment,
  noteAnswers,
  slotSearch,
  type AppointmentChanges,
  type NewAppointment,
  type NoteAnswers,
  type SlotSearch,
} from './requests.ts'

type Create<Id> = (id: Id, appointment: NewAppointment, options?: CallOptions) => Promise<Result<Booked>>

/** Appointments, their links and notes, waiting rooms and slots (contract 3.3, 3.4). Links are logins: never kept. */
export type AppointmentCalls = {
  /** By the site's own id of the patient. */
  readonly createAppointment: Create<string>
  /** By the health system's id (HSID). */
  readonly createAppointmentByHsid: Create<string>
  /** By the Solo patient id (SPID). */
  readonly createAppointmentBySpid: Create<number>
  readonly getAppointment: (id: string, options?: CallOptions) => Promise<Result<Appointment>>
  /** Moves, renames or cancels. A PUT of an older state would undo a newer one: never repeat one that was kept. */
  readonly updateAppointment: (
    id: string,
    changes: AppointmentChanges,
    options?: CallOptions,
  ) => Promise<Result<Booked>>
  readonly getProviderLink: (
    id: string,
    options?: CallOptions,
  ) => Promise<Result<z.infer<typeof providerLinkSchema>>>
  readonly getTeamsProviderLink: (
    id: string,
    teamsAuthToken: string,
    options?: CallOptions,
  ) => Promise<Result<z.infer<typeof teamsLinkSchema>>>
  /** By the externalId that the appointment was booked with. */
  readonly getVideoCallLinks: (externalId: string, options?: CallOptions) => Promise<Result<VideoCallLinks>>
  /** By the Solo appointment id (SAID). */
  readonly getVideoCallLinksBySaid: (said: number, options?: CallOptions) => Promise<Result<VideoCallLinks>>
  readonly listWaitingRooms: (options?: CallOptions) => Promise<Result<readonly WaitingRoom[]>>
  /** In no particular order of the server's; sorted by date here. */
  readonly listSlots: (search: SlotSearch, options?: CallOptions) => Promise<Result<readonly Slot[]>>
  readonly getVisitNote: (id: string, options?: CallOptions) => Promise<Result<readonly VisitNote[]>>
  readonly updateVisitNote: (id: string, answers: NoteAnswers, options?: CallOptions) => Promise<Result<null>>
}

export function appointmentCalls({ read, write, change }: SoloCaller): AppointmentCalls {
  const create = async (at: SoloPath, given: NewAppointment, options: CallOptions) => {
    const appointment = checked(newAppointment, given)
    if (!appointment.ok) return appointment
    const look =
      appointment.value.externalId === undefined
        ? 'look for the appointment in Solo'
        : 'look for the appointment by the same externalId'
    const body = { kind: 'json', value: appointment.value } as const
    return write({ method: 'POST', path: at, body }, options, look, one(bookedSchema))
  }
  return {
    createAppointment: (patientId, given, options = {}) =>
      create(path`patients/${patientId}/appointments`, given, options),
    createAppointmentByHsid: (hsid, given, options = {}) =>
      create(path`patients/HSID/${hsid}/appointments`, given, options),
    createAppointmentBySpid: (spid, given, options = {}) =>
      create(spidPath(spid, '/appointments'), given, options),
    getAppointment: (id, options = {}) =>
      read({ method: 'GET', path: path`appointments/${id}` }, options, one(appointmentSchema)),
    async updateAppointment(id, given, options = {}) {
      const changes = checked(appointmentChanges, given)
      if (!changes.ok) return changes
      const body = { kind: 'json', value: changes.value } as const
      return write(
        { method: 'PUT', path: path`appointments/${id}`, body },
        options,
        'read the appointment again',
        one(bookedSchema),
      )
    },
    getProviderLink: (id, options = {}) =>
      read({ method: 'GET', path: path`appointments/${id}/provider-link` }, options, one(providerLinkSchema)),
    async getTeamsProviderLink(id, given, options = {}) {
      const token = checked(filledText, given)
      if (!token.ok) return token
      return read(
        {
          method: 'GET',
          path: path`appointments/${id}/msteams-provider-link`,
          teamsAuthToken: token.value,
        },
        options,
        one(teamsLinkSchema),
      )
    },
    getVideoCallLinks: (externalId, options = {}) =>
      read(
        { method: 'GET', path: path`appointments/${externalId}/video-call-links` },
        options,
        // Links of another appointment would open another patient's visit.
        (json) => {
          const links = one(videoCallLinksSchema)(json)
          if (typeof links === 'string') return links
          const named = links.value.appointmentExternalId ?? externalId
          return named === externalId ? links : 'it is about another appointment'
        },
      ),
    getVideoCallLinksBySaid: (said, options = {}) =>
      read(
        {
          method: 'GET',
          path: soloId.safeParse(said).success
            ? path`appointments/id/type/SAID/value/${said}/video-call-links`
            : null,
        },
        options,
        one(videoCallLinksSchema),
      ),
    listWaitingRooms: (options = {}) =>
      read({ method: 'GET', path: path`waiting-rooms` }, options, list(waitingRoomSchema)),
    async listSlots(given, options = {}) {
      const search = checked(slotSearch, given)
      if (!search.ok) return search
      const call = { method: 'GET', path: path`appointment-slots`, query: search.value } as const
      const slots = await read(call, options, list(slotSchema))
      return slots.ok ? { ...slots, value: slots.value.toSorted((a, b) => a.date - b.date) } : slots
    },
    getVisitNote: (id, options = {}) =>
      read({ method: 'GET', path: path`appointments/${id}/visit-note` }, options, list(visitNoteSchema)),
    async updateVisitNote(id, given, options = {}) {
      const answers = checked(noteAnswers, given)
      if (!answers.ok) return answers
      const body = { kind: 'json', value: answers.value } as const
      return change(
        { method: 'PUT', path: path`appointments/${id}/visit-note`, body },
        options,
        'read the visit note again',
      )
    },
  }
}
