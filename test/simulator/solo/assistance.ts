import { z } from 'zod'
import { jsonAnswer } from '../core/answer.ts'
import {
  createdAnswer,
  emptyAnswer,
  type SoloCall,
  type SoloContext,
  type SoloHandlers,
} from './solo-call.ts'
import { SoloError } from './solo-error.ts'
import { soloJson } from './solo-input.ts'
import type { SoloAssistance, SoloDevice } from './solo-records.ts'

/** Virtual nursing: a call to a bedside device. All three methods carry a JSON body (contract 3.9). */

const text = z.string().min(1)
const places = z.union([
  z.object({ deviceSerialNumber: text }),
  z.object({ patientMrn: text }),
  z.object({ building: text, floor: text, room: text, bed: text.nullish() }),
  z.object({ department: text, room: text, bed: text.nullish() }),
])

const flat = { shape: 'flat' } as const
const missing =
  'Service Request Error: Missing Required Parameters. Please include either Device ID, Patient ID, or a combination ' +
  'of Building, Floor, Room, and Bed (opt.), or Department, Room, and Bed (opt.) to proceed'

/** The devices that a body points to: all of a room where it names no bed. @throws SoloError 400 */
function devicesOf({ request }: SoloCall, { state }: SoloContext): SoloDevice[] {
  const parsed = places.safeParse(soloJson(request))
  if (!parsed.success) throw new SoloError(400, missing, flat)
  const place = parsed.data
  if ('deviceSerialNumber' in place) {
    return state.devices.filter(({ serialNumber }) => serialNumber === place.deviceSerialNumber)
  }
  if ('patientMrn' in place) return state.devices.filter(({ patientMrn }) => patientMrn === place.patientMrn)
  return state.devices.filter(
    (device) =>
      ('building' in place
        ? device.building === place.building && device.floor === place.floor
        : device.department === place.department) &&
      device.room === place.room &&
      (place.bed ?? device.bed) === device.bed,
  )
}

/** The latest request that is still open. @throws SoloError 400, 404 */
function currentOf(call: SoloCall, context: SoloContext): SoloAssistance {
  const devices = devicesOf(call, context)
  const current = context.state.assistance.findLast(({ device }) => devices.includes(device))
  if (current === undefined) throw new SoloError(404, 'Service Request Error: Request not found', flat)
  return current
}

function view({ id, device, createdAtMs }: SoloAssistance, { state }: SoloContext): unknown {
  const patient = state.patients.find(({ demographics }) => demographics['mrn'] === device.patientMrn)
  return {
    id,
    device: device.serialNumber,
    careLocation: {
      availability: 'offline',
      id: '296f135e-88dd-4534-8e12-1f6f7b792fe5',
      name: `${device.building} ${device.room}`,
      status: 'active',
      video: {
        type: 'robot',
        clientId: null,
        serialNumber: device.serialNumber,
        careLocationId: '1409',
        skipActivation: true,
      },
    },
    practice: '91ce2309-4049-49a4-8bf5-793bbe1579ed',
    patient: {
      age: 0,
      id: patient?.id ?? '99ac90da-58fd-4af8-a378-e37f10ef6be5',
      firstName: 'Jane',
      lastName: 'Doe',
      middleName: '',
      dob: '1988-03-03',
      mrn: device.patientMrn,
    },
    assignedTo: null,
    room: device.room,
    status: 'incomplete',
    createdAt: `${new Date(createdAtMs).toISOString().slice(0, 19)}+00:00`,
    finishedAt: null,
    location: { id: 'ab25dda0-64e6-4666-8bfe-3277656a6405', name: device.building },
    avSessions: [],
    createdFromExternalApi: true,
  }
}

export const assistanceCalls: SoloHandlers<
  'solo-assistance-create' | 'solo-assistance' | 'solo-assistance-cancel'
> = {
  'solo-assistance-create': (call, context) => {
    const [device] = devicesOf(call, context)
    if (device === undefined) {
      throw new SoloError(404, 'Device could not be found from the data submitted', flat)
    }
    const created: SoloAssistance = { id: context.newId(), device, createdAtMs: context.now() }
    context.state.assistance.push(created)
    return createdAnswer(view(created, context), context)
  },
  'solo-assistance': (call, context) => jsonAnswer(200, view(currentOf(call, context), context)),
  'solo-assistance-cancel': (call, context) => {
    const { assistance } = context.state
    assistance.splice(assistance.indexOf(currentOf(call, context)), 1)
    return emptyAnswer(context)
  },
}
