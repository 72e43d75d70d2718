import { attachmentTypeOf } from '../solo/attachment-type.ts'
import { checked } from '../solo/caller.ts'
import { contextAwareLink, linkContext } from '../solo/linking.ts'
import { newPatient, patientFields } from '../solo/patient-requests.ts'
import {
  appointmentChanges,
  assistancePlace,
  dumpRange,
  encounterReportOrder,
  episodeAssignment,
  episodeFields,
  newAppointment,
  newAttachment,
  newDocument,
  noteAnswers,
  perfectAnswerFields,
  slotSearch,
  webhookFields,
} from '../solo/requests.ts'
import { plain, withBody, type SoloCall } from './solo-call.ts'

/** Every call of the Solo client as a table for the command line. The client's own schemas check what is typed. */

/** What is no number becomes NaN, which the client refuses. */
const numberOf = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN)

export const soloCalls: Readonly<Record<string, SoloCall>> = {
  patient: plain({
    parameters: ['PATIENT'],
    summary: "a patient by the site's own id",
    run: (client, { parameters: [id = ''], signal }) => client.getPatient(id, { signal }),
  }),
  'patient-by-spid': plain({
    parameters: ['SPID'],
    summary: 'a patient by the Solo patient id',
    run: (client, { parameters: [id = ''], signal }) => client.getPatientBySpid(numberOf(id), { signal }),
  }),
  'create-patient': withBody(
    newPatient,
    { parameters: [], summary: 'make a patient; gives the Solo patient id' },
    (client, body, _, options) => client.createPatient(body, options),
  ),
  'update-patient': withBody(
    patientFields,
    { parameters: ['PATIENT'], summary: "change a patient by the site's own id" },
    (client, body, id, options) => client.updatePatient(id, body, options),
  ),
  'update-patient-by-spid': withBody(
    patientFields,
    { parameters: ['SPID'], summary: 'change a patient by the Solo patient id' },
    (client, body, id, options) => client.updatePatientBySpid(numberOf(id), body, options),
  ),
  'add-document': withBody(
    newDocument,
    { parameters: ['PATIENT'], summary: 'add a document of questions and responses to a patient' },
    (client, body, id, options) => client.addDocument(id, body, options),
  ),
  'create-appointment': withBody(
    newAppointment,
    { parameters: ['PATIENT'], summary: "book an appointment by the site's own patient id" },
    (client, body, id, options) => client.createAppointment(id, body, options),
  ),
  'create-appointment-by-hsid': withBody(
    newAppointment,
    { parameters: ['HSID'], summary: "book an appointment by the health system's patient id" },
    (client, body, id, options) => client.createAppointmentByHsid(id, body, options),
  ),
  'create-appointment-by-spid': withBody(
    newAppointment,
    { parameters: ['SPID'], summary: 'book an appointment by the Solo patient id' },
    (client, body, id, options) => client.createAppointmentBySpid(numberOf(id), body, options),
  ),
  appointment: plain({
    parameters: ['APPOINTMENT'],
    summary: 'an appointment with its status',
    run: (client, { parameters: [id = ''], signal }) => client.getAppointment(id, { signal }),
  }),
  'update-appointment': withBody(
    appointmentChanges,
    { parameters: ['APPOINTMENT'], summary: 'move or cancel an appointment' },
    (client, body, id, options) => client.updateAppointment(id, body, options),
  ),
  'provider-link': plain({
    parameters: ['APPOINTMENT'],
    summary: "the provider's link of an appointment; it is a login",
    run: (client, { parameters: [id = ''], signal }) => client.getProviderLink(id, { signal }),
  }),
  'teams-link': plain({
    parameters: ['APPOINTMENT'],
    summary: "the provider's Microsoft Teams link; needs the teamsAuthToken",
    needs: 'teamsAuthToken',
    run: (client, { parameters: [id = ''], secret, signal }) =>
      client.getTeamsProviderLink(id, secret, { signal }),
  }),
  links: plain({
    parameters: ['EXTERNAL-ID'],
    summary: "the provider's and the patient's links by the external id; they are logins",
    run: (client, { parameters: [id = ''], signal }) => client.getVideoCallLinks(id, { signal }),
  }),
  'links-by-said': plain({
    parameters: ['SAID'],
    summary: 'the same by the Solo appointment id',
    run: (client, { parameters: [id = ''], signal }) =>
      client.getVideoCallLinksBySaid(numberOf(id), { signal }),
  }),
  'context-link': plain({
    parameters: [],
    takesBody: true,
    needs: 'linkingSecret',
    summary: 'a link that opens a visit with its patient; it is a login with patient data in it',
    run: async (_, { body, baseUrl, secret }) => {
      const context = checked(linkContext, body)
      return context.ok ? contextAwareLink(baseUrl, secret, context.value) : context
    },
  }),
  'waiting-rooms': plain({
    parameters: [],
    summary: 'the waiting rooms',
    run: (client, { signal }) => client.listWaitingRooms({ signal }),
  }),
  slots: plain({
    parameters: [],
    options: ['after', 'before', 'waiting-room', 'duration'],
    summary: 'free slots of a waiting room between two moments, in seconds since 1970',
    run: async (client, { values, signal }) => {
      const search = checked(slotSearch, values)
      return search.ok ? client.listSlots(search.value, { signal }) : search
    },
  }),
  note: plain({
    parameters: ['APPOINTMENT'],
    summary: 'the visit note of an appointment',
    run: (client, { parameters: [id = ''], signal }) => client.getVisitNote(id, { signal }),
  }),
  'update-note': withBody(
    noteAnswers,
    { parameters: ['APPOINTMENT'], summary: 'answer questions of the visit note' },
    (client, body, id, options) => client.updateVisitNote(id, body, options),
  ),
  attachments: plain({
    parameters: ['APPOINTMENT'],
    summary: 'the attachments of an appointment',
    run: (client, { parameters: [id = ''], signal }) => client.listAttachments(id, { signal }),
  }),
  'upload-attachment': plain({
    parameters: ['APPOINTMENT', 'FILE'],
    options: ['file-name'],
    summary: 'attach a PDF, PNG or JPEG of at most 5 MiB',
    run: async (client, { parameters: [id = ''], values, file, signal }) => {
      const bytes = file ?? new Uint8Array()
      // A type that the content does not show would be refused by the server, or shown as broken.
      const contentType = attachmentTypeOf(bytes) ?? ''
      const attachment = checked(newAttachment, { ...values, bytes, contentType })
      return attachment.ok ? client.uploadAttachment(id, attachment.value, { signal }) : attachment
    },
  }),
  'delete-attachment': plain({
    parameters: ['APPOINTMENT', 'ATTACHMENT'],
    summary: 'delete an attachment',
    run: (client, { parameters: [id = '', attachment = ''], signal }) =>
      client.deleteAttachment(id, attachment, { signal }),
  }),
  episodes: plain({
    parameters: ['PATIENT'],
    summary: 'the episodes of care of a patient',
    run: (client, { parameters: [id = ''], signal }) => client.listEpisodes(id, { signal }),
  }),
  'create-episode': withBody(
    episodeFields,
    { parameters: ['PATIENT'], summary: 'begin an episode of care' },
    (client, body, id, options) => client.createEpisode(id, body, options),
  ),
  episode: plain({
    parameters: ['EPISODE'],
    summary: 'one episode of care',
    run: (client, { parameters: [id = ''], signal }) => client.getEpisode(id, { signal }),
  }),
  'update-episode': withBody(
    episodeFields,
    { parameters: ['EPISODE'], summary: 'change an episode of care' },
    (client, body, id, options) => client.updateEpisode(id, body, options),
  ),
  'episode-appointments': plain({
    parameters: ['EPISODE'],
    summary: 'the appointments of an episode of care',
    run: (client, { parameters: [id = ''], signal }) => client.listEpisodeAppointments(id, { signal }),
  }),
  'assign-episode': withBody(
    episodeAssignment,
    { parameters: ['APPOINTMENT'], summary: 'put an appointment into an episode of care, or out of it' },
    (client, body, id, options) => client.assignEpisode(id, body, options),
  ),
  'data-dump': plain({
    parameters: [],
    options: ['from', 'to'],
    gives: 'bytes',
    summary: 'the CSV of everything between two days',
    run: async (client, { values, signal }) => {
      const range = checked(dumpRange, values)
      return range.ok ? client.downloadDataDump(range.value, { signal }) : range
    },
  }),
  'order-encounter-report': withBody(
    encounterReportOrder,
    { parameters: [], summary: 'order an encounter report without waiting for it' },
    (client, body, _, options) => client.createEncounterReport(body, options),
  ),
  'encounter-report-status': plain({
    parameters: ['REPORT'],
    summary: 'whether an ordered encounter report is ready',
    run: (client, { parameters: [id = ''], signal }) => client.getEncounterReport(id, { signal }),
  }),
  'download-encounter-report': plain({
    parameters: ['REPORT'],
    gives: 'bytes',
    summary: 'the zip of a finished encounter report',
    run: (client, { parameters: [id = ''], signal }) => client.downloadEncounterReport(id, { signal }),
  }),
  'perfect-answer': withBody(
    perfectAnswerFields,
    { parameters: [], summary: 'make patient, visit and answers in one request' },
    (client, body, _, options) => client.createPerfectAnswer(body, options),
  ),
  webhooks: plain({
    parameters: [],
    summary: 'the webhooks',
    run: (client, { signal }) => client.listWebhooks({ signal }),
  }),
  webhook: plain({
    parameters: ['WEBHOOK'],
    gives: 'webhook-key',
    summary: 'one webhook; its key goes to the keychain',
    run: (client, { parameters: [id = ''], signal }) => client.getWebhook(id, { signal }),
  }),
  'create-webhook': withBody(
    webhookFields,
    { parameters: [], gives: 'webhook-key', summary: 'make a webhook; its key goes to the keychain' },
    (client, body, _, options) => client.createWebhook(body, options),
  ),
  'update-webhook': withBody(
    webhookFields,
    { parameters: ['WEBHOOK'], summary: 'change a webhook' },
    (client, body, id, options) => client.updateWebhook(id, body, options),
  ),
  'delete-webhook': plain({
    parameters: ['WEBHOOK'],
    summary: 'delete a webhook',
    run: (client, { parameters: [id = ''], signal }) => client.deleteWebhook(id, { signal }),
  }),
  'request-assistance': withBody(
    assistancePlace,
    { parameters: [], summary: 'call a virtual nurse to a room, patient or device' },
    (client, body, _, options) => client.createAssistanceRequest(body, options),
  ),
  'assistance-request': withBody(
    assistancePlace,
    { parameters: [], summary: 'the current call for a virtual nurse' },
    (client, body, _, options) => client.getAssistanceRequest(body, options),
  ),
  'cancel-assistance': withBody(
    assistancePlace,
    { parameters: [], summary: 'cancel the current call for a virtual nurse' },
    (client, body, _, options) => client.cancelAssistanceRequest(body, options),
  ),
}
