import type { ReportStatus } from '../../shared/delivery.ts'
import type { ArtefactKind, SrFlags } from '../../shared/document.ts'
import type { Settings } from '../../shared/settings.ts'

export type StatusInput = {
  /** null where the kind could not be recognised: never decided without a person. */
  readonly kind: ArtefactKind | null
  /** null for a PDF, and for an SR whose flags could not be read. */
  readonly srFlags: SrFlags | null
  readonly sidecarStatus: ReportStatus | null
  /** The status folder that the file was dropped into, if any (interfaces.md 3). */
  readonly subFolder: 'Final' | 'Preliminary' | null
  readonly settings: Pick<Settings['reports'], 'pdfStatus' | 'unsignedSr'>
}

/** `because`, `warning`, `message`: plain sentences or clauses without patient data. */
export type StatusDecision =
  | {
      readonly kind: 'decided'
      readonly status: ReportStatus
      readonly warning: string | null
      readonly because: string
    }
  | { readonly kind: 'unclear'; readonly message: string }

function decided(status: ReportStatus, because: string, warning: string | null = null): StatusDecision {
  return { kind: 'decided', status, warning, because }
}

function unclear(why: string): StatusDecision {
  return { kind: 'unclear', message: `${why}; choose preliminary or final.` }
}

function flag(value: string | null): string {
  return value?.replaceAll('\0', '').trim().toUpperCase() ?? ''
}

/**
 * The rows of interfaces.md 5 for an SR, in their order (flags: DICOM PS3.3 C.17.2). A missing or unknown flag is
 * no evidence: never final, and not "unsigned" either, because nobody said so (safety-and-standards.md 3).
 */
function srStatus(flags: SrFlags | null, unsignedSr: StatusInput['settings']['unsignedSr']): StatusDecision {
  if (flags === null) return unclear('The structured report carries no status')
  const preliminary = flag(flags.preliminaryFlag)
  const completion = flag(flags.completionFlag)
  const verification = flag(flags.verificationFlag)

  if (preliminary === 'PRELIMINARY') return decided('preliminary', 'the structured report says PRELIMINARY')
  if (preliminary !== '' && preliminary !== 'FINAL') {
    return unclear('The structured report has a preliminary flag that DICOM does not know')
  }
  if (!['COMPLETE', 'PARTIAL'].includes(completion) || !['VERIFIED', 'UNVERIFIED'].includes(verification)) {
    return unclear('The structured report does not say whether it is complete and verified')
  }
  if (completion === 'COMPLETE' && verification === 'VERIFIED' && flags.hasVerifyingObserver) {
    return decided('final', 'the structured report is complete and verified by a named observer')
  }
  if (preliminary === 'FINAL' && (completion === 'PARTIAL' || verification === 'UNVERIFIED')) {
    return unclear('The structured report says FINAL but is not complete and verified')
  }
  if (verification === 'VERIFIED' && !flags.hasVerifyingObserver) {
    return unclear('The structured report says VERIFIED but names nobody who verified it')
  }
  if (verification === 'VERIFIED') {
    return decided(
      'preliminary',
      'the structured report is only partial',
      'The structured report is verified although only partial, which DICOM does not allow; it goes out as preliminary.',
    )
  }
  return unsignedSr === 'preliminary'
    ? decided('preliminary', 'the structured report is not signed')
    : unclear('The structured report is not signed')
}

/**
 * A sidecar may lower, never raise, an SR. `preliminary` is also taken where the SR itself is unclear: it claims less
 * than anything the flags could mean, and its writer is known. `final` never settles an unclear SR.
 */
function withSidecar(own: StatusDecision, sidecarStatus: ReportStatus | null): StatusDecision {
  if (sidecarStatus === 'preliminary') {
    const warning = own.kind === 'decided' ? own.warning : 'The flags of the structured report are unclear.'
    return own.kind === 'decided' && own.status === 'preliminary'
      ? own
      : decided('preliminary', 'the sidecar says preliminary', warning)
  }
  if (sidecarStatus === 'final' && own.kind === 'decided' && own.status === 'preliminary') {
    const raised =
      'The sidecar says final, but the structured report itself does not; it goes out as preliminary.'
    return { ...own, warning: own.warning === null ? raised : `${own.warning} ${raised}` }
  }
  return own
}

function pdfStatus({ sidecarStatus, subFolder, settings }: StatusInput): StatusDecision {
  const folderStatus: ReportStatus | null =
    subFolder === null ? null : subFolder === 'Final' ? 'final' : 'preliminary'
  if (sidecarStatus !== null) {
    const differs = folderStatus !== null && folderStatus !== sidecarStatus
    return decided(
      sidecarStatus,
      `the sidecar says ${sidecarStatus}`,
      differs
        ? `The file lay in the folder ${subFolder ?? ''}, but its sidecar says ${sidecarStatus}.`
        : null,
    )
  }
  if (folderStatus !== null)
    return decided(folderStatus, `the file was dropped into the folder ${subFolder ?? ''}`)
  return settings.pdfStatus === 'ask'
    ? unclear('A PDF does not say whether it is final')
    : decided(settings.pdfStatus, `the settings say that a PDF is ${settings.pdfStatus}`)
}

/**
 * Preliminary or final (interfaces.md 5). Never final without explicit evidence. An Encapsulated PDF goes by the rule
 * for PDFs; a sub-folder does not count for an SR.
 */
export function decideStatus(input: StatusInput): StatusDecision {
  switch (input.kind) {
    case 'sr':
      return withSidecar(srStatus(input.srFlags, input.settings.unsignedSr), input.sidecarStatus)
    case 'pdf':
    case 'encapsulated-pdf':
      return pdfStatus(input)
    case null:
      return unclear('The kind of the document is not known')
  }
}
