import { z } from 'zod'
import { bodyObject } from '../core/json-request.ts'
import { createdAnswer, type SoloHandlers } from './solo-call.ts'
import { SoloError } from './solo-error.ts'
import { calendarDate, isoDateTime, optionalText, readSoloBody, requiredText } from './solo-input.ts'

const dayMs = 86_400_000

/** A consultation asked for from elsewhere: patient and visit in one call, once a day (contract 3.7). */
export const perfectAnswerCalls: SoloHandlers<'solo-perfect-answer'> = {
  'solo-perfect-answer': (call, context) => {
    const { state, switches, now, newId } = context
    const choice = { error: 'The value you selected is not a valid choice.' }
    const body = readSoloBody(
      call.request,
      bodyObject(
        {
          firstName: requiredText,
          lastName: requiredText,
          dob: calendarDate,
          locationId: switches.soloLocationIdIsUuid
            ? z.guid({ error: 'This is not a valid UUID.' })
            : requiredText,
          mrn: requiredText,
          physicianCallbackNumber: optionalText,
          requestingProvider: requiredText,
          callCenterNotified: isoDateTime.nullish(),
          physicianNotified: isoDateTime.nullish(),
          patientLocation: optionalText,
          consultType: z.enum(['new', 'update'], choice),
          reason: z.enum(['Stroke', 'EEG Stat', 'EEG Routine'], choice),
          caller: optionalText,
        },
        switches.refuseUnknownFields,
      ),
    )
    const last = state.perfectAnswers.get(body.mrn)
    if (last !== undefined && now() - last < dayMs) {
      throw new SoloError(
        switches.soloRejectedStatus,
        'A visit has already been created for the patient within 24 hours',
      )
    }
    state.perfectAnswers.set(body.mrn, now())
    const known = state.patients.find(({ demographics }) => demographics['mrn'] === body.mrn)
    const patient = known ?? state.addPatient({ id: newId() })
    const { firstName, lastName, dob: birthDate, mrn } = body
    const name = [{ use: 'usual', family: `${firstName} ${lastName}`, firstName, lastName }]
    patient.demographics = { ...patient.demographics, mrn, birthDate, name }
    const visit = state.addVisit({ patientId: patient.id, reasons: [body.reason] })
    visit.notes.push({
      id: newId(),
      templateName:
        body.reason === 'Stroke' ? 'Acute Neurology - Physician Services' : 'EEG - Physician Services',
      comments: [],
      responses: [{ atMs: now(), question: ['requestingProvider'], response: [body.requestingProvider] }],
    })
    return createdAnswer({ patientId: patient.id, encounterId: visit.aggregateId }, context)
  },
}
