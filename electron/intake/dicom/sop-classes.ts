import { asciiValue, type DicomItem } from './data-set.ts'

/**
 * What the SOP Class UID (0008,0016) says a DICOM object is (PS3.4 B.5, I.4; safety-and-standards 1). Only the
 * data set's own UID decides: suffix, file name and Modality are not reliable.
 */

const STORAGE = '1.2.840.10008.5.1.4.1.1.'

/** What becomes of an object of a class: only the first two can be reports at all. */
export type SopClassKind =
  | 'report'
  | 'encapsulated-pdf'
  /** Could hold a report in a form that Radpost does not read: a person decides. */
  | 'unsupported'
  /** SR-like, but measurements, logs, doses or key images instead of a diagnostic report. */
  | 'structured-data'
  | 'not-a-report'
  | 'unknown'

/** `name` completes the sentence "This DICOM file is …". */
export type SopClass = { readonly kind: SopClassKind; readonly name: string }

const reports: Readonly<Record<string, string>> = {
  '88.11': 'a Basic Text SR',
  '88.22': 'an Enhanced SR',
  '88.33': 'a Comprehensive SR',
  '88.34': 'a Comprehensive 3D SR',
  '88.35': 'an Extensible SR',
}

const unsupported: Readonly<Record<string, string>> = {
  '88.1': 'a Text SR of the retired trial standard',
  '88.2': 'an Audio SR of the retired trial standard',
  '88.3': 'a Detail SR of the retired trial standard',
  '88.4': 'a Comprehensive SR of the retired trial standard',
  '104.2': 'an Encapsulated CDA document',
}

const structuredData: Readonly<Record<string, string>> = {
  '88.40': 'a Procedure Log',
  '88.50': 'a Mammography CAD SR',
  '88.59': 'a Key Object Selection',
  '88.65': 'a Chest CAD SR',
  '88.67': 'an X-Ray Radiation Dose SR',
  '88.68': 'a Radiopharmaceutical Radiation Dose SR',
  '88.69': 'a Colon CAD SR',
  '88.70': 'an Implantation Plan SR',
  '88.71': 'an Acquisition Context SR',
  '88.72': 'a Simplified Adult Echo SR',
  '88.73': 'a Patient Radiation Dose SR',
  '88.74': 'a Planned Imaging Agent Administration SR',
  '88.75': 'a Performed Imaging Agent Administration SR',
  '88.76': 'an Enhanced X-Ray Radiation Dose SR',
  '88.77': 'a Waveform Annotation SR',
}

const others: Readonly<Record<string, string>> = {
  '1': 'a computed radiography image',
  '1.1': 'a digital X-ray image',
  '1.1.1': 'a digital X-ray image',
  '1.2': 'a digital mammography image',
  '1.2.1': 'a digital mammography image',
  '1.3': 'an intra-oral X-ray image',
  '1.3.1': 'an intra-oral X-ray image',
  '2': 'a CT image',
  '2.1': 'an Enhanced CT image',
  '2.2': 'a converted Enhanced CT image',
  '3': 'an ultrasound clip',
  '3.1': 'an ultrasound clip',
  '4': 'an MR image',
  '4.1': 'an Enhanced MR image',
  '4.2': 'an MR spectroscopy object',
  '4.3': 'an Enhanced MR colour image',
  '4.4': 'a converted Enhanced MR image',
  '6': 'an ultrasound image',
  '6.1': 'an ultrasound image',
  '6.2': 'an ultrasound volume',
  '7': 'a Secondary Capture image',
  '7.1': 'a Secondary Capture image',
  '7.2': 'a Secondary Capture image',
  '7.3': 'a Secondary Capture image',
  '7.4': 'a Secondary Capture image',
  '9.1.1': 'a 12-lead ECG waveform',
  '9.1.2': 'an ECG waveform',
  '9.1.3': 'an ambulatory ECG waveform',
  '9.2.1': 'a hemodynamic waveform',
  '9.3.1': 'an electrophysiology waveform',
  '9.4.1': 'a voice audio recording',
  '9.4.2': 'an audio recording',
  '11.1': 'a presentation state',
  '11.2': 'a presentation state',
  '12.1': 'an X-ray angiography image',
  '12.1.1': 'an Enhanced X-ray angiography image',
  '12.2': 'a fluoroscopy image',
  '12.2.1': 'an Enhanced fluoroscopy image',
  '13.1.1': 'an X-ray 3D angiography image',
  '13.1.2': 'an X-ray 3D craniofacial image',
  '13.1.3': 'a breast tomosynthesis image',
  '20': 'a nuclear medicine image',
  '66': 'a raw data object',
  '66.1': 'a spatial registration',
  '66.2': 'a spatial fiducials object',
  '66.3': 'a deformable registration',
  '66.4': 'a segmentation',
  '66.5': 'a surface segmentation',
  '67': 'a real world value mapping',
  '77.1.1': 'an endoscopy image',
  '77.1.2': 'a microscopy image',
  '77.1.4': 'a photograph',
  '77.1.6': 'a whole slide image',
  '91.1': 'a microscopy annotation object',
  '104.3': 'an encapsulated 3D model (STL)',
  '104.4': 'an encapsulated 3D model (OBJ)',
  '104.5': 'an encapsulated 3D material file (MTL)',
  '128': 'a PET image',
  '130': 'an Enhanced PET image',
  '481.1': 'a radiotherapy image',
  '481.2': 'a radiotherapy dose',
  '481.3': 'a radiotherapy structure set',
  '481.5': 'a radiotherapy plan',
}

/** Families whose single members need no name of their own, longest prefix first. */
const families: readonly (readonly [string, string])[] = [
  ['77.1.5.', 'an ophthalmic image or measurement'],
  ['77.1.', 'a visible light image'],
  ['481.', 'a radiotherapy object'],
  ['9.', 'a waveform'],
  ['11.', 'a presentation state'],
]

const DICOMDIR = '1.2.840.10008.1.3.10'

/**
 * Classifies a SOP Class UID. `uid` is untrusted: a UID of no known class is shown in the name only as far as it
 * consists of digits and dots (at most 64, PS3.5 9.1).
 */
export function classifySopClass(uid: string): SopClass {
  if (uid === DICOMDIR) return { kind: 'not-a-report', name: 'a media directory (DICOMDIR)' }
  if (uid.startsWith(STORAGE)) {
    const suffix = uid.slice(STORAGE.length)
    if (suffix === '104.1') return { kind: 'encapsulated-pdf', name: 'an Encapsulated PDF' }
    const tables = [
      ['report', reports],
      ['unsupported', unsupported],
      ['structured-data', structuredData],
      ['not-a-report', others],
    ] as const
    for (const [kind, table] of tables) {
      const name = Object.hasOwn(table, suffix) ? table[suffix] : undefined
      if (name !== undefined) return { kind, name }
    }
    const family = families.find(([prefix]) => suffix.startsWith(prefix))
    if (family !== undefined) return { kind: 'not-a-report', name: family[1] }
  }
  const shown = /^[0-9.]{1,64}$/.test(uid) ? uid : 'not a valid UID'
  return { kind: 'unknown', name: `an object of a class that Radpost does not know (${shown})` }
}

/** What the data set of a whole file is; without a SOP class it is `unknown` at best. */
export function sopClassOf(root: DicomItem): SopClass {
  const uid = asciiValue(root, 'x00080016')
  if (uid !== null) return classifySopClass(uid)
  // A media directory has no SOP class in its data set, only in its file meta information (PS3.3 F.3).
  const announced = classifySopClass(asciiValue(root, 'x00020002') ?? '')
  if (announced.kind === 'not-a-report') return announced
  return { kind: 'unknown', name: 'an object without a SOP class' }
}
