import PdfDocument from 'pdfkit'
import type { AppointmentFields, Seed, User } from './practice-state.ts'

/**
 * A morning's worklist of an invented practice. Nobody in it exists. Names are chosen to be awkward: hyphens,
 * apostrophes, diacritics, two scripts, one patient with two studies, two patients with one name.
 */

const radiologist: User = {
  username: 'rsmith',
  firstName: 'Rory',
  initials: 'RS',
  lastName: 'Smith',
  role: 'Radiologist',
}
const secondRadiologist: User = {
  username: 'aokafor',
  firstName: 'Adaeze',
  initials: 'AO',
  lastName: 'Okafor',
  role: 'Radiologist',
}

type Patient = Required<
  Pick<AppointmentFields, 'patientId' | 'firstName' | 'lastName' | 'dateOfBirth' | 'gender'>
>

const patient = (
  patientId: string,
  firstName: string,
  lastName: string,
  dateOfBirth: string,
  gender: string,
): Patient => ({ patientId, firstName, lastName, dateOfBirth, gender })

const anneMarie = patient('220001', 'Anne-Marie', 'Thompson-Reid', '1988-03-03', 'F')

type Study = readonly [modality: string, description: string, clinicalInfo: string, priority: string]

type Row = {
  readonly who: Patient
  readonly study: Study
  readonly start: string
  readonly end: string
  /** Hours from now until the report is needed; null where the practice gives no deadline. */
  readonly dueInHours: number | null
  readonly doctor: string
  readonly clinic: string
  readonly radiologist?: User
  readonly referral?: boolean
  readonly comments?: Seed['comments']
}

const rows: readonly Row[] = [
  {
    who: anneMarie,
    study: ['CT', 'CT Chest', 'Shortness of breath, ex-smoker.', 'Urgent'],
    start: '08:00:00',
    end: '08:20:00',
    dueInHours: 2,
    doctor: 'Dr Imogen Farrow',
    clinic: 'Harbour Street Medical',
    radiologist,
    referral: true,
    comments: [{ commentText: 'Previous contrast reaction. Non-contrast study done.', commentType: 'AA' }],
  },
  {
    who: anneMarie,
    study: ['XR', 'X-ray left wrist', 'Fall on outstretched hand.', 'Routine'],
    start: '08:25:00',
    end: '08:35:00',
    dueInHours: 24,
    doctor: 'Dr Imogen Farrow',
    clinic: 'Harbour Street Medical',
    referral: true,
  },
  {
    who: patient('220002', 'Seán', "O'Brien", '1961-11-29', 'M'),
    study: ['MR', 'MRI Lumbar spine', 'Left L5 radiculopathy.', 'Routine'],
    start: '08:30:00',
    end: '09:00:00',
    dueInHours: 48,
    doctor: 'Dr Petra Lindqvist',
    clinic: 'Northside Spine Clinic',
    radiologist: secondRadiologist,
    referral: true,
    comments: [{ commentText: 'Please compare with the study of last year.', commentType: 'AC' }],
  },
  {
    who: patient('220003', 'Zoë', 'Müller', '1994-02-28', 'F'),
    study: ['US', 'US Pelvis', 'Irregular cycle.', 'Routine'],
    start: '09:00:00',
    end: '09:30:00',
    dueInHours: 24,
    doctor: 'Dr Helen Ngata',
    clinic: 'Riverside Women’s Health',
  },
  {
    who: patient('220004', 'José María', 'Nuñez de la Cruz', '1972-07-04', 'M'),
    study: ['CT', 'CT Abdomen and pelvis', 'Weight loss, ?mass.', 'Urgent'],
    start: '09:15:00',
    end: '09:40:00',
    dueInHours: 4,
    doctor: 'Dr Samuel Adeyemi',
    clinic: 'Central Family Practice',
    radiologist,
    referral: true,
    comments: [{ commentText: 'Interpreter needed: Spanish.', commentType: 'PC' }],
  },
  {
    who: patient('220005', 'Wei', 'Chen', '1950-12-31', 'M'),
    study: ['CT', 'CT Brain', 'Sudden headache.', 'STAT'],
    start: '09:20:00',
    end: '09:35:00',
    dueInHours: 1,
    doctor: 'Dr Aroha Tamihana',
    clinic: 'Emergency Department',
    radiologist: secondRadiologist,
    comments: [{ commentText: 'On anticoagulants. Phone the result.', commentType: 'PA' }],
  },
  {
    who: patient('220006', 'Wei', 'Chen', '1983-05-17', 'F'),
    study: ['MG', 'Mammogram bilateral', 'Screening.', 'Routine'],
    start: '09:45:00',
    end: '10:00:00',
    dueInHours: null,
    doctor: 'Dr Helen Ngata',
    clinic: 'Riverside Women’s Health',
  },
  {
    who: patient('220007', 'Łukasz', 'Wójcik', '1979-04-03', 'M'),
    study: ['MR', 'MRI Right knee', 'Twisting injury, locking.', 'Routine'],
    start: '10:00:00',
    end: '10:30:00',
    dueInHours: 48,
    doctor: 'Dr Oliver Grant',
    clinic: 'Kestrel Sports Medicine',
    referral: true,
  },
  {
    who: patient('220008', 'Tâm', 'Nguyễn', '2001-09-09', 'F'),
    study: ['US', 'US Thyroid', 'Palpable nodule.', 'Routine'],
    start: '10:15:00',
    end: '10:35:00',
    dueInHours: 24,
    doctor: 'Dr Petra Lindqvist',
    clinic: 'Central Family Practice',
  },
  {
    who: patient('220009', 'Mary Jane', 'van der Berg', '1935-01-20', 'F'),
    study: ['XR', 'X-ray chest', 'Cough for three weeks.', 'Routine'],
    start: '10:30:00',
    end: '10:40:00',
    dueInHours: 8,
    doctor: 'Dr Oliver Grant',
    clinic: 'Hillview Aged Care',
    comments: [{ commentText: 'Patient requires wheelchair access.', commentType: 'AC' }],
  },
  {
    who: patient('220010', 'D’Arcy', 'MacIntyre', '2016-06-30', 'O'),
    study: ['XR', 'X-ray right elbow', 'Fell from monkey bars.', 'Urgent'],
    start: '10:45:00',
    end: '10:55:00',
    dueInHours: 3,
    doctor: 'Dr Aroha Tamihana',
    clinic: 'Emergency Department',
    radiologist,
  },
  {
    who: patient('220011', 'Ngozi', 'Adichie-Bell', '1968-08-15', 'F'),
    study: ['DXA', 'Bone density', 'Long-term steroids.', 'Routine'],
    start: '11:00:00',
    end: '11:20:00',
    dueInHours: null,
    doctor: 'Dr Samuel Adeyemi',
    clinic: 'Central Family Practice',
    referral: true,
  },
]

/**
 * Twelve pending appointments A100001 to A100012 of the domain `acme`, the first two of the same patient.
 * @param nowMs deadlines are counted from it, and the appointments are of its (UTC) day.
 */
export function sampleAppointments(nowMs: number = Date.now()): Seed[] {
  return rows.map((row, index) => {
    const appointmentId = `A${100_001 + index}`
    const [modality, studyDescription, clinicalInfo, priority] = row.study
    return {
      domain: 'acme',
      appointmentId,
      status: 'PENDING REPORTING',
      scheduledSite: index % 3 === 2 ? 'Northside Clinic' : 'Central Clinic',
      appointmentDate: new Date(nowMs).toISOString().slice(0, 10),
      startTime: row.start,
      endTime: row.end,
      ...row.who,
      patientName: `${row.who.firstName} ${row.who.lastName}`,
      modality,
      studyDescription,
      clinicalInfo,
      doctorName: row.doctor,
      clinicName: row.clinic,
      priority,
      ...(row.dueInHours === null ? {} : { reportNeededBy: inHours(nowMs, row.dueInHours) }),
      studyInstanceUid: studyUid(index),
      ...(row.radiologist === undefined ? {} : { radiologistUser: row.radiologist }),
      serviceItems: [{ code: `${modality}-${101 + index}`, description: studyDescription, quantity: 1 }],
      ...(row.referral === true
        ? { attachments: [{ fileName: 'referral.pdf', bytes: referralPdf(row, nowMs) }] }
        : {}),
      ...(row.comments === undefined ? {} : { comments: row.comments }),
      operational: operationalOf(row, index, nowMs),
    }
  })
}

/** Every patient came half an hour ago and was scanned at once: enough to show a schedule. */
function operationalOf({ study: [modality, description] }: Row, index: number, nowMs: number) {
  return {
    room: `${modality} ${1 + (index % 2)}`,
    billingStatus: 'active',
    billingType: index % 2 === 0 ? 'Private' : 'Public',
    arrivalDateTime: inHours(nowMs, -0.5),
    scanStartDateTime: inHours(nowMs, -0.4),
    scanEndDateTime: inHours(nowMs, -0.2),
    scanTotalTime: 12,
    waitingTotalTime: 6.5,
    examCodes: [{ key: description.toUpperCase().replaceAll(' ', '_'), description }],
  }
}

function inHours(nowMs: number, hours: number): string {
  return new Date(nowMs + hours * 3_600_000).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** A UID under 2.25 is a UUID written as one decimal number (DICOM PS3.5 B.2). */
function studyUid(index: number): string {
  const uuid = `5f0c2a9e-7d41-4c3b-9a6e-${(0x10_0000_0000 + index * 7919).toString(16).padStart(12, '0')}`
  return `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`
}

/** The built-in PDF fonts know Latin-1 only; a referral's spelling need not be better than that. */
function plain(text: string): string {
  return text
    .replaceAll('Ł', 'L')
    .replaceAll('’', "'")
    .normalize('NFD')
    .replace(/[^\x20-\x7E]/g, '')
}

/** A referral letter of one page. */
function referralPdf({ who, study, doctor, clinic }: Row, nowMs: number): Buffer {
  const [, description, clinicalInfo] = study
  // Uncompressed, pdfkit writes while it is called, so that the whole file can be read at the end.
  const document = new PdfDocument({
    size: 'A4',
    compress: false,
    info: { Title: 'Referral', CreationDate: new Date(nowMs) },
  })
  document.fontSize(18).text('Referral for imaging').moveDown().fontSize(11)
  document.text(`Patient: ${plain(`${who.firstName} ${who.lastName}`)}`)
  document.text(`Date of birth: ${who.dateOfBirth}`)
  document.text(`Requested: ${description}`)
  document.text(`Clinical notes: ${clinicalInfo}`).moveDown()
  document.text(`${doctor}, ${plain(clinic)}`)
  document.end()
  const chunks: Buffer[] = []
  for (;;) {
    const chunk: unknown = document.read()
    if (!Buffer.isBuffer(chunk)) break
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
