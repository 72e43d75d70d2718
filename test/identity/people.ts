import { pendingAppointment, type PendingAppointment } from '../../shared/worklist.ts'
import type { Random } from './random.ts'

/** Invented patients, the people they are easily mistaken for, and worklists full of both. */

export type Person = {
  readonly patientId: string
  readonly first: string
  readonly middle: string | null
  readonly last: string
  readonly generation: 'Jr' | 'Sr' | null
  /** `yyyy-MM-dd` */
  readonly born: string
  readonly sex: 'F' | 'M'
}

const firstNames = {
  F: [
    'Jane',
    'Mary',
    'Anne-Marie',
    'Anne',
    'Zoë',
    'José María',
    'Siobhán',
    'Li',
    'Mary Lou',
    'Ingrid',
    'Chloé',
    'Aylin',
    'Ngọc',
  ],
  M: [
    'John',
    'James',
    'Thomas',
    'Jean-Luc',
    'Søren',
    'José',
    'Björn',
    'Wei',
    'Ronald',
    'Łukasz',
    'Mohammed',
    'Juan Carlos',
    'Seán',
  ],
}
const middleNames = ['Alex', 'Robin', 'Lee', 'Kim', 'Noël', 'Quinn', 'Dale']
const lastNames = [
  'Doe',
  'Smith',
  'Thompson',
  'Thompson-Reid',
  'Thom',
  "O'Brien",
  'McDonald',
  'MacDonald',
  'van der Berg',
  'de la Cruz',
  'García López',
  'Müller',
  'Nguyễn',
  'James',
  'Thomas',
  'Strauß',
  'St John',
  "D'Angelo",
  'Ng',
  'Ó Súilleabháin',
  'Høyer',
  'Fernández-Ruiz',
  'Al-Hassan',
  'Lee',
  'Patel',
]

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** Days up to the 12th are frequent, so that day and month can be swapped. */
function birthDate(random: Random): string {
  const day = random.chance(50) ? 1 + random.below(12) : 1 + random.below(28)
  return `${1930 + random.below(90)}-${twoDigits(1 + random.below(12))}-${twoDigits(day)}`
}

export function otherBirthDate(random: Random, than: string): string {
  const born = birthDate(random)
  return born === than ? otherBirthDate(random, than) : born
}

let peopleSoFar = 0

function newPatientId(random: Random): string {
  peopleSoFar += 1
  return `${random.pick(['P-', 'MRN', ''])}${String(300_000 + peopleSoFar)}`
}

export function newPerson(random: Random): Person {
  const sex = random.pick(['F', 'M'] as const)
  const first = random.pick(firstNames[sex])
  return {
    patientId: newPatientId(random),
    first,
    middle: random.chance(40) ? random.pick(middleNames) : null,
    // Swapping James James would give the same person again.
    last: random.pick(lastNames.filter((name) => name !== first)),
    generation: sex === 'M' && random.chance(5) ? 'Jr' : null,
    born: birthDate(random),
    sex,
  }
}

/** Day and month swapped; another day where that is no other date. */
function swappedBirthDate(random: Random, born: string): string {
  const [year = '', month = '', day = ''] = born.split('-')
  return month !== day && Number(day) <= 12 ? `${year}-${day}-${month}` : otherBirthDate(random, born)
}

function otherFirst(random: Random, person: Person): string {
  const others = firstNames[person.sex].filter(
    (name) => name !== person.first && !name.startsWith(person.first),
  )
  return random.pick(others.filter((name) => !person.first.startsWith(name)))
}

export const relations = [
  'twin',
  'father or son',
  'same name, other birth date',
  'birth date with day and month swapped',
  'first and last name swapped',
  'same surname',
  'same birth date, other name',
  'sister or brother of the other sex',
  'double-barrelled surname',
] as const
export type Relation = (typeof relations)[number]

/** Somebody else who shares one or two identity elements with `person`, never the patient id. */
export function relative(random: Random, person: Person, relation: Relation): Person {
  const other = { ...person, patientId: newPatientId(random) }
  const opposite = person.sex === 'F' ? 'M' : 'F'
  switch (relation) {
    case 'twin':
      return { ...other, first: otherFirst(random, person) }
    case 'father or son':
      return {
        ...other,
        generation: person.generation === 'Jr' ? 'Sr' : random.pick(['Jr', null]),
        born: otherBirthDate(random, person.born),
      }
    case 'same name, other birth date':
      return { ...other, born: otherBirthDate(random, person.born) }
    case 'birth date with day and month swapped':
      return { ...other, born: swappedBirthDate(random, person.born) }
    case 'first and last name swapped':
      return { ...other, first: person.last, last: person.first, middle: null, generation: null }
    case 'same surname':
      return { ...other, first: otherFirst(random, person), born: otherBirthDate(random, person.born) }
    case 'same birth date, other name':
      return {
        ...other,
        first: otherFirst(random, person),
        last: random.pick(lastNames.filter((name) => name !== person.last)),
      }
    case 'sister or brother of the other sex':
      return {
        ...other,
        sex: opposite,
        first: random.pick(firstNames[opposite]),
        born: otherBirthDate(random, person.born),
      }
    case 'double-barrelled surname':
      return { ...other, last: `${person.last}-Hart` }
  }
}

let appointmentsSoFar = 0

/** An appointment row, with the record's own liberties: names whole or in parts, middle name or none, gender in words. */
export function appointmentOf(random: Random, person: Person, domain: string): PendingAppointment {
  appointmentsSoFar += 1
  const first =
    person.middle !== null && random.chance(50) ? `${person.first} ${person.middle}` : person.first
  const last = person.generation === null ? person.last : `${person.last} ${person.generation}`
  const names = random.pick([
    { firstName: first, lastName: last },
    { firstName: first.toUpperCase(), lastName: last.toUpperCase(), patientName: `${first} ${last}` },
    { patientName: `${last.toUpperCase()}, ${first}` },
    { patientName: `${first} ${last}` },
  ])
  return pendingAppointment.parse({
    domain,
    appointmentId: `${random.pick(['A', 'RX', ''])}${String(7_000_000 + appointmentsSoFar)}`,
    status: 'pending',
    scheduledSite: 'north',
    patientId: person.patientId,
    dateOfBirth: person.born,
    gender: random.pick([person.sex, person.sex === 'F' ? 'Female' : 'Male', null]),
    studyInstanceUid: random.chance(70) ? `1.2.826.0.1.${String(appointmentsSoFar)}` : null,
    ...names,
  })
}
