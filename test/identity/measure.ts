import { decideMatch, type MatchingPolicy } from '../../electron/matching/decide.ts'
import type { MatchProblem } from '../../shared/matching.ts'
import { sameAppointment } from '../../shared/worklist.ts'
import { newScene, rightCase, wrongPatientCase, wrongStudyCase, type Case, type Scene } from './cases.ts'
import { seededRandom } from './random.ts'

/** What became of the documents of one variant. */
export type Tally = {
  documents: number
  sentRight: number
  sentWrong: number
  readonly held: Map<MatchProblem, number>
}

export type Measurement = {
  readonly byVariant: ReadonlyMap<string, Tally>
  /** Of the right documents that should go by themselves, by the way their name is written. */
  readonly byName: ReadonlyMap<string, { should: number; did: number }>
  readonly sentWrong: number
  readonly shouldSend: number
  readonly didSend: number
}

/** Documents that share one worklist. */
const DOCUMENTS_PER_SCENE = 10

function decide(scene: Scene, { document, own }: Case): 'right' | 'wrong' | MatchProblem {
  const policy: MatchingPolicy = {
    elements: 2,
    patientIdIs: 'qubs',
    accessionIs: 'unmapped',
    dateOrderOf: () => scene.order,
  }
  const decision = decideMatch(document, scene.worklist, policy)
  if (decision.kind === 'held') return decision.reason
  return own !== null && sameAppointment(own, decision.candidate) ? 'right' : 'wrong'
}

/** Writes `documents` documents, lets the matcher decide each, and counts. The same seed gives the same counts. */
export function measureIdentity(seed: number, documents: number): Measurement {
  const random = seededRandom(seed)
  const byVariant = new Map<string, Tally>()
  const byName = new Map<string, { should: number; did: number }>()
  let sentWrong = 0
  let shouldSend = 0
  let didSend = 0
  let scene = newScene(random)
  for (let i = 0; i < documents; i += 1) {
    if (i % DOCUMENTS_PER_SCENE === 0) scene = newScene(random)
    const write = random.pick([rightCase, rightCase, wrongPatientCase, wrongPatientCase, wrongStudyCase])
    const each = write(random, scene)
    const outcome = decide(scene, each)

    const tally = byVariant.get(each.variant) ?? { documents: 0, sentRight: 0, sentWrong: 0, held: new Map() }
    byVariant.set(each.variant, tally)
    tally.documents += 1
    if (outcome === 'right') tally.sentRight += 1
    else if (outcome === 'wrong') tally.sentWrong += 1
    else tally.held.set(outcome, (tally.held.get(outcome) ?? 0) + 1)

    if (outcome === 'wrong') sentWrong += 1
    if (!each.shouldSend) continue
    const name = byName.get(each.nameVariant) ?? { should: 0, did: 0 }
    byName.set(each.nameVariant, name)
    name.should += 1
    shouldSend += 1
    if (outcome !== 'right') continue
    name.did += 1
    didSend += 1
  }
  return { byVariant, byName, sentWrong, shouldSend, didSend }
}
