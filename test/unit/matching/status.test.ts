import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideStatus, type StatusDecision, type StatusInput } from '../../../electron/matching/status.ts'

const settings = { pdfStatus: 'preliminary', unsignedSr: 'preliminary' } as const
const base: StatusInput = { kind: 'pdf', srFlags: null, sidecarStatus: null, subFolder: null, settings }

function sr(flags: string, observer: boolean, changes: Partial<StatusInput> = {}): StatusDecision {
  const [preliminaryFlag = '', completionFlag = '', verificationFlag = ''] = flags.split('/')
  const orNull = (text: string): string | null => (text === '-' ? null : text)
  return decideStatus({
    ...base,
    kind: 'sr',
    srFlags: {
      preliminaryFlag: orNull(preliminaryFlag),
      completionFlag: orNull(completionFlag),
      verificationFlag: orNull(verificationFlag),
      hasVerifyingObserver: observer,
    },
    ...changes,
  })
}
function short(decision: StatusDecision): string {
  if (decision.kind === 'unclear') return 'unclear'
  return decision.warning === null ? decision.status : `${decision.status} with a warning`
}

describe('structured report', () => {
  it.each([
    ['-/COMPLETE/VERIFIED', true, 'final'],
    ['FINAL/COMPLETE/VERIFIED', true, 'final'],
    [' final /complete/verified\0', true, 'final'],
    ['-/COMPLETE/VERIFIED', false, 'unclear'],
    ['FINAL/COMPLETE/VERIFIED', false, 'unclear'],
    ['PRELIMINARY/COMPLETE/VERIFIED', true, 'preliminary'],
    ['PRELIMINARY/-/-', false, 'preliminary'],
    ['FINAL/PARTIAL/VERIFIED', true, 'unclear'],
    ['FINAL/COMPLETE/UNVERIFIED', false, 'unclear'],
    ['FINAL/PARTIAL/UNVERIFIED', false, 'unclear'],
    ['-/PARTIAL/VERIFIED', true, 'preliminary with a warning'],
    ['-/PARTIAL/VERIFIED', false, 'unclear'],
    ['-/COMPLETE/UNVERIFIED', false, 'preliminary'],
    ['-/PARTIAL/UNVERIFIED', true, 'preliminary'],
    ['-/-/-', false, 'unclear'],
    ['-/COMPLETE/-', true, 'unclear'],
    ['-/-/UNVERIFIED', false, 'unclear'],
    ['DRAFT/COMPLETE/VERIFIED', true, 'unclear'],
    ['-/COMPLETE/YES', true, 'unclear'],
  ])('%s, observer %s: %s', (flags, observer, expected) => {
    expect(short(sr(flags, observer))).toBe(expected)
  })

  it('asks about an unsigned one where the settings say so', () => {
    expect(short(sr('-/COMPLETE/UNVERIFIED', false, { settings: { ...settings, unsignedSr: 'ask' } }))).toBe(
      'unclear',
    )
  })

  it('is lowered by its sidecar, never raised', () => {
    expect(short(sr('-/COMPLETE/VERIFIED', true, { sidecarStatus: 'preliminary' }))).toBe('preliminary')
    expect(short(sr('PRELIMINARY/COMPLETE/VERIFIED', true, { sidecarStatus: 'final' }))).toBe(
      'preliminary with a warning',
    )
    expect(short(sr('-/COMPLETE/VERIFIED', false, { sidecarStatus: 'final' }))).toBe('unclear')
    expect(short(sr('-/COMPLETE/VERIFIED', false, { sidecarStatus: 'preliminary' }))).toBe(
      'preliminary with a warning',
    )
    expect(short(sr('-/COMPLETE/VERIFIED', true, { sidecarStatus: 'final' }))).toBe('final')
  })

  it('does not go by its folder', () => {
    expect(short(sr('-/COMPLETE/UNVERIFIED', false, { subFolder: 'Final' }))).toBe('preliminary')
  })

  it('is final only with complete, verified, a named observer and nobody who says otherwise', () => {
    const flag = fc.constantFrom(
      '-',
      'PRELIMINARY',
      'FINAL',
      'COMPLETE',
      'PARTIAL',
      'VERIFIED',
      'UNVERIFIED',
      'X',
    )
    const said = fc.constantFrom(null, 'final' as const, 'preliminary' as const)
    fc.assert(
      fc.property(fc.tuple(flag, flag, flag), fc.boolean(), said, (flags, observer, sidecarStatus) => {
        const decision = sr(flags.join('/'), observer, { sidecarStatus, subFolder: 'Final' })
        if (short(decision) !== 'final') return
        expect(['-', 'FINAL']).toContain(flags[0])
        expect([flags[1], flags[2], observer]).toEqual(['COMPLETE', 'VERIFIED', true])
        expect(sidecarStatus).not.toBe('preliminary')
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('PDF', () => {
  it.each<[string, Partial<StatusInput>]>([
    ['preliminary', {}],
    ['final', { settings: { ...settings, pdfStatus: 'final' } }],
    ['unclear', { settings: { ...settings, pdfStatus: 'ask' } }],
    ['final', { subFolder: 'Final' }],
    ['preliminary', { subFolder: 'Preliminary', settings: { ...settings, pdfStatus: 'final' } }],
    ['final', { sidecarStatus: 'final' }],
    ['final with a warning', { sidecarStatus: 'final', subFolder: 'Preliminary' }],
    ['preliminary with a warning', { sidecarStatus: 'preliminary', subFolder: 'Final' }],
    ['final', { kind: 'encapsulated-pdf', subFolder: 'Final' }],
  ])('is %s', (expected, changes) => {
    expect(short(decideStatus({ ...base, ...changes }))).toBe(expected)
  })
})

it('is unclear for a document of no known kind', () => {
  expect(short(decideStatus({ ...base, kind: null, sidecarStatus: 'final' }))).toBe('unclear')
})
