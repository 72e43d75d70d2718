import type { DocumentIdentity } from '../../shared/document.ts'
import type { Locator } from '../../shared/matching.ts'
import type { PendingAppointment } from '../../shared/worklist.ts'
import { foldIdentifier } from './folding.ts'

/** Which study a document names (interfaces.md 4 "Locators"). Nothing is inferred from likeness. */

export type LocatableDocument = {
  /** As dropped; a path is cut to its last part. */
  readonly fileName: string
  readonly text: string
  readonly identity: DocumentIdentity
  readonly sidecar: {
    readonly appointmentId?: string | undefined
    readonly domain?: string | undefined
  } | null
}

export type LocatingPolicy = { readonly accessionIs: 'unmapped' | 'appointmentId' }

export type Located = { readonly appointment: PendingAppointment; readonly locators: readonly Locator[] }

/** Why more than one study, or a contradictory one, is named; each has its sentence in decide.ts. */
export type Ambiguity =
  | 'different-appointments'
  | 'same-id-twice'
  | 'sidecar-not-pending'
  | 'other-id-not-pending'
  | 'other-domain'
  | 'other-study-uid'
  | 'several-study-uids'

export type Location =
  | { readonly kind: 'nothing' }
  /** Only the sidecar names a study, and that one is not pending. */
  | { readonly kind: 'not-pending' }
  | { readonly kind: 'one'; readonly located: Located }
  | { readonly kind: 'several'; readonly because: Ambiguity; readonly located: readonly Located[] }

/** One statement of the document about its study: the pending appointments that it can mean, perhaps none. */
type Naming = { readonly locator: Locator; readonly named: readonly PendingAppointment[] }

const locatorOrder: readonly Locator[] = ['sidecar', 'study-uid', 'accession', 'text', 'file-name']

function groupBy(
  worklist: readonly PendingAppointment[],
  keyOf: (appointment: PendingAppointment) => string,
): Map<string, PendingAppointment[]> {
  const groups = new Map<string, PendingAppointment[]>()
  for (const appointment of worklist) {
    const key = keyOf(appointment)
    const group = groups.get(key)
    if (group !== undefined) group.push(appointment)
    else if (key !== '') groups.set(key, [appointment])
  }
  return groups
}

/** An id that a word of the text can name: letters and digits only, at least 5 of them (interfaces.md 4). */
function isTokenId(id: string): boolean {
  return /^[\p{L}\p{M}\p{N}]{5,}$/u.test(id)
}

/** Maximal runs of letters and digits from 5 characters on, folded. One pass over the text, whatever the length of the worklist. */
function tokensOf(text: string): Set<string> {
  const tokens = new Set<string>()
  for (const [run] of text.matchAll(/[\p{L}\p{M}\p{N}]{5,}/gu)) tokens.add(foldIdentifier(run))
  return tokens
}

/** The dropped name without folders and without the extensions of report files: `A12345.pdf.json` is `A12345`. */
function bareFileName(fileName: string): string {
  const last = fileName.normalize('NFC').split(/[/\\]/u).at(-1) ?? ''
  return last.replace(/(?:\.(?:pdf|dcm|dicom|dic|sr|json))+$/iu, '')
}

function distinctUids(uids: readonly string[]): readonly string[] {
  return [...new Set(uids.map(foldIdentifier))].filter((uid) => uid !== '')
}

/** Statements that locate, and statements that can only speak against what was located. */
function namingsOf(
  document: LocatableDocument,
  worklist: readonly PendingAppointment[],
  policy: LocatingPolicy,
): { readonly locating: readonly Naming[]; readonly restricting: readonly Naming[] } {
  const byId = groupBy(worklist, (a) => foldIdentifier(a.appointmentId))
  const byUid = groupBy(worklist, (a) => foldIdentifier(a.studyInstanceUid ?? ''))
  const { identity, sidecar } = document
  const locating: Naming[] = []
  const restricting: Naming[] = []
  const add = (naming: Naming): void => void (naming.named.length > 0 ? locating : restricting).push(naming)

  const sidecarId = foldIdentifier(sidecar?.appointmentId ?? '')
  const sidecarDomain = sidecar?.domain?.trim() ?? ''
  if (sidecarId !== '') {
    const named = (byId.get(sidecarId) ?? []).filter(
      (a) => sidecarDomain === '' || a.domain === sidecarDomain,
    )
    add({ locator: 'sidecar', named })
  }
  for (const uid of distinctUids(identity.studyInstanceUids)) {
    const named = byUid.get(uid)
    // A UID that no appointment carries says nothing here: most appointments have none.
    if (named !== undefined) locating.push({ locator: 'study-uid', named })
  }
  if (policy.accessionIs === 'appointmentId') {
    for (const accession of new Set(identity.accessionNumbers.map(foldIdentifier))) {
      if (accession !== '') add({ locator: 'accession', named: byId.get(accession) ?? [] })
    }
  }
  const addTokens = (locator: Locator, tokens: ReadonlySet<string>): void => {
    for (const token of tokens) {
      const named = (byId.get(token) ?? []).filter((a) => isTokenId(a.appointmentId))
      if (named.length > 0) locating.push({ locator, named })
    }
  }
  addTokens('text', new Set([...tokensOf(identity.appointmentIds.join('\n')), ...tokensOf(document.text)]))
  addTokens('file-name', tokensOf(bareFileName(document.fileName)))

  // A labelled id of another appointment speaks against a token that happens to name a pending one: the report of
  // a finished study may well mention the patient's next one.
  for (const label of new Set(identity.appointmentIds.map(foldIdentifier))) {
    const named = byId.get(label)
    if (named !== undefined || (isTokenId(label) && /\p{N}/u.test(label))) {
      restricting.push({ locator: 'text', named: named ?? [] })
    }
  }
  return { locating, restricting }
}

function locatedBy(namings: readonly Naming[]): readonly Located[] {
  const appointments = new Set(namings.flatMap((naming) => naming.named))
  return [...appointments].map((appointment) => ({
    appointment,
    locators: locatorOrder.filter((locator) =>
      namings.some((naming) => naming.locator === locator && naming.named.includes(appointment)),
    ),
  }))
}

/**
 * Finds the one pending appointment that every statement of the document allows. Statements are intersected, so that a
 * sidecar's domain or a StudyInstanceUID can separate two practices' equal ids; anything left but exactly one is
 * `several`. A StudyInstanceUID that differs from the located appointment's own, or several of them in one document,
 * is `several` too: the patient's other study must never be taken. Linear in worklist and text.
 */
export function locate(
  document: LocatableDocument,
  worklist: readonly PendingAppointment[],
  policy: LocatingPolicy,
): Location {
  const { locating, restricting } = namingsOf(document, worklist, policy)
  const all = locatedBy(locating)
  const sidecarNotPending = restricting.some((naming) => naming.locator === 'sidecar')
  if (all.length === 0) return sidecarNotPending ? { kind: 'not-pending' } : { kind: 'nothing' }

  const several = (because: Ambiguity): Location => ({ kind: 'several', because, located: all })
  if (sidecarNotPending) return several('sidecar-not-pending')
  if (restricting.some((naming) => naming.named.length === 0)) return several('other-id-not-pending')

  const common = all.filter(({ appointment }) =>
    [...locating, ...restricting].every((naming) => naming.named.includes(appointment)),
  )
  const [only, ...others] = common
  if (only === undefined) return several('different-appointments')
  if (others.length > 0) return several('same-id-twice')

  const sidecarDomain = document.sidecar?.domain?.trim() ?? ''
  if (sidecarDomain !== '' && only.appointment.domain !== sidecarDomain) return several('other-domain')

  const uids = distinctUids(document.identity.studyInstanceUids)
  if (uids.length > 1) return several('several-study-uids')
  const ownUid = foldIdentifier(only.appointment.studyInstanceUid ?? '')
  if (ownUid !== '' && uids.some((uid) => uid !== ownUid)) return several('other-study-uid')
  return { kind: 'one', located: only }
}
