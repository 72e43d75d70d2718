import { findIdentity } from '../../electron/intake/identifiers/find-identity.ts'
import type { MatchingDocument } from '../../electron/matching/decide.ts'
import type { AppointmentKey, PendingAppointment } from '../../shared/worklist.ts'
import { appointmentOf, newPerson, relations, relative, type Person, type Relation } from './people.ts'
import type { Random } from './random.ts'
import { writePatient, type Elements, type Written } from './writings.ts'

export type DateOrder = 'dmy' | 'mdy' | undefined

/** One worklist with a patient in its middle, their second study, and the people they are mistaken for. */
export type Scene = {
  readonly order: DateOrder
  readonly worklist: readonly PendingAppointment[]
  readonly patient: Person
  readonly first: PendingAppointment
  readonly second: PendingAppointment
  /** Somebody else, and their own row; null where that one is not pending. */
  readonly others: ReadonlyMap<Relation, { readonly person: Person; readonly row: PendingAppointment | null }>
}

export type Case = {
  readonly variant: string
  readonly nameVariant: string
  /** The study that the document is really about; null where that one is not pending or the document does not say. */
  readonly own: AppointmentKey | null
  /** The right patient with two elements that can be compared and a locator: should go by itself. */
  readonly shouldSend: boolean
  readonly document: MatchingDocument
}

const WORKLIST_LENGTH = 50

export function newScene(random: Random): Scene {
  const domain = 'acme'
  const patient = newPerson(random)
  const first = appointmentOf(random, patient, domain)
  const second = appointmentOf(random, patient, domain)
  const others = new Map(
    relations.map((relation) => {
      const person = relative(random, patient, relation)
      return [
        relation,
        { person, row: random.chance(50) ? appointmentOf(random, person, domain) : null },
      ] as const
    }),
  )
  const rows = [first, second, ...[...others.values()].flatMap(({ row }) => (row === null ? [] : [row]))]
  while (rows.length < WORKLIST_LENGTH) rows.push(appointmentOf(random, newPerson(random), domain))
  // Somewhere in the list, not always at its head.
  const turn = random.below(WORKLIST_LENGTH)
  const worklist = [...rows.slice(turn), ...rows.slice(0, turn)]
  const order = random.pick(['dmy', 'mdy', 'unset'] as const)
  return { order: order === 'unset' ? undefined : order, worklist, patient, first, second, others }
}

type Naming = 'text' | 'label' | 'file name' | 'sidecar' | 'study UID'

/** Puts patient, findings and locators together; `names` says what names which appointment. */
function compose(
  random: Random,
  written: Written,
  names: readonly { readonly by: Naming; readonly value: string }[],
): MatchingDocument {
  const by = (naming: Naming): readonly string[] =>
    names.filter((name) => name.by === naming).map((name) => name.value)
  const text = [
    'RADIOLOGY REPORT',
    ...written.lines,
    ...by('label').map((id) => `Appointment ID: ${id}`),
    ...(written.header === null ? by('study UID').map((uid) => `Study Instance UID: ${uid}`) : []),
    '',
    `Examination: ${random.pick(['CT chest', 'MRI knee', 'X-ray wrist'])} 17/03/2026, slice ${String(random.below(90_000))}`,
    ...by('text').map(
      (id) => `Our reference ${random.pick([id, id.toLowerCase(), `(${id})`])}, please quote.`,
    ),
    'FINDINGS: The lungs are clear. No pleural effusion.',
    'Reported by Dr Alex Example',
  ].join('\n')
  // As the reader does it: a structured report's header counts, and an appointment that its text labels.
  const header =
    written.header === null
      ? null
      : {
          ...written.header,
          studyInstanceUids: [...by('study UID')],
          appointmentIds: findIdentity(text).appointmentIds,
        }
  const [fileId] = by('file name')
  const [sidecarId] = by('sidecar')
  return {
    fileName:
      fileId === undefined
        ? 'report.pdf'
        : random.pick([`${fileId}.pdf`, `ct_${fileId}_v2.pdf`, `${fileId} (2).dcm`]),
    text,
    identity: header ?? findIdentity(text),
    sidecar: sidecarId === undefined ? null : { appointmentId: sidecarId },
  }
}

const pairs: readonly Elements[] = [
  { id: true, name: true, born: true, sex: true },
  { id: false, name: true, born: true, sex: true },
  { id: true, name: true, born: false, sex: false },
  { id: true, name: false, born: true, sex: false },
]
const singles: readonly Elements[] = [
  { id: true, name: false, born: false, sex: true },
  { id: false, name: true, born: false, sex: true },
  { id: false, name: false, born: true, sex: true },
]

function nameStudy(random: Random, row: PendingAppointment): { by: Naming; value: string } {
  const by = random.pick<Naming>(['text', 'label', 'file name', 'sidecar', 'study UID'])
  if (by !== 'study UID') return { by, value: row.appointmentId }
  return row.studyInstanceUid === null
    ? { by: 'text', value: row.appointmentId }
    : { by, value: row.studyInstanceUid }
}

/** The right patient and study, in one of many writings. */
export function rightCase(random: Random, scene: Scene): Case {
  const few = random.chance(10)
  const elements = random.pick(few ? singles : pairs)
  const written = writePatient(random, scene.patient, elements, scene.order, false)
  const named = random.chance(95)
  const naming = nameStudy(random, scene.first)
  return {
    variant: `right: ${named ? `named by ${naming.by}` : 'study not named'}${few ? ', one element' : ''}`,
    nameVariant: written.nameVariant,
    own: scene.first,
    shouldSend: named && written.comparable >= 2,
    document: compose(random, written, named ? [naming] : []),
  }
}

/** Somebody else's report that names the patient's study by mistake. */
export function wrongPatientCase(random: Random, scene: Scene): Case {
  const relation = random.pick(relations)
  const other = scene.others.get(relation)
  if (other === undefined) throw new Error('A scene has everybody.')
  const chosen = random.pick([...pairs, ...singles])
  // "James Thomas" and "Thomas James" born on one day: without a comma or an id nobody can tell them apart.
  const swapped = relation === 'first and last name swapped' && chosen.name && !chosen.id
  const rowIsDivided = scene.first.firstName !== null || (scene.first.patientName ?? '').includes(',')
  const elements = swapped && !rowIsDivided ? { ...chosen, id: true } : chosen
  const written = writePatient(random, other.person, elements, scene.order, swapped && rowIsDivided)
  return {
    variant: `wrong patient: ${relation}`,
    nameVariant: written.nameVariant,
    own: null,
    shouldSend: false,
    document: compose(random, written, [nameStudy(random, scene.first)]),
  }
}

function twoUids(first: PendingAppointment, second: PendingAppointment): { by: Naming; value: string }[] {
  return [first, second].map((row, index) => ({
    by: 'study UID',
    value: row.studyInstanceUid ?? `1.2.826.0.1.88888${String(index)}`,
  }))
}

/** The right patient's other study; in each way something in the document says that it is not the one it also names. */
export function wrongStudyCase(random: Random, scene: Scene): Case {
  const written = writePatient(random, scene.patient, random.pick(pairs), scene.order, false)
  const { first, second } = scene
  const finished = `A${String(1_000_000 + random.below(900_000))}`
  const mention = (row: PendingAppointment): { by: Naming; value: string } => ({
    by: random.pick(['text', 'file name'] as const),
    value: row.appointmentId,
  })
  const ways: readonly { readonly what: string; readonly names: readonly { by: Naming; value: string }[] }[] =
    [
      {
        what: 'sidecar against a mention',
        names: [{ by: 'sidecar', value: first.appointmentId }, mention(second)],
      },
      {
        what: 'label against a mention',
        names: [{ by: 'label', value: first.appointmentId }, mention(second)],
      },
      { what: 'sidecar of a finished study', names: [{ by: 'sidecar', value: finished }, mention(second)] },
      { what: 'label of a finished study', names: [{ by: 'label', value: finished }, mention(second)] },
      ...(written.header === null
        ? []
        : [{ what: 'study UIDs of two studies', names: [...twoUids(first, second), mention(second)] }]),
      {
        what: 'study UID against a mention',
        names:
          second.studyInstanceUid === null
            ? [{ by: 'sidecar', value: first.appointmentId }, mention(second)]
            : [{ by: 'study UID', value: '1.2.826.0.1.999999' }, mention(second)],
      },
      { what: 'nothing names a study', names: [] },
    ]
  const way = random.pick(ways)
  return {
    variant: `other study: ${way.what}`,
    nameVariant: written.nameVariant,
    own: null,
    shouldSend: false,
    document: compose(random, written, way.names),
  }
}
