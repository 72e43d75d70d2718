import type { InviteView } from '../../shared/qualiphy.ts'

/** What a QUBS comment says about an invite that was sent: when, for which exams, and where to meet. */
export function commentTextOf(invite: InviteView & { readonly link: string }): string {
  const { at, link, exams } = invite
  const titles = exams.map(({ title, examId }) => (title === '' ? `exam ${examId}` : title)).join(', ')
  return `Qualiphy exam invite sent on ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC (${titles}). Meeting link: ${link}`
}
