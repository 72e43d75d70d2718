import { queryParameters, type ReceivedRequest } from '../core/received-request.ts'
import { invalid } from './problem.ts'

/** Query parameters of the lists, read as strictly as the published pages word them (contract 1.3, 1.5). */

/** The value of a parameter; undefined when it is not there. @throws ProblemError 400 when it comes twice. */
export function parameter(request: ReceivedRequest, name: string): string | undefined {
  const values = queryParameters(request.query).get(name)
  if (values !== undefined && values.length > 1) throw invalid(name, 'Must be given once.')
  return values?.[0]
}

/** @throws ProblemError 400 unless the parameter is absent or a whole number within the bounds. */
export function wholeNumber(
  request: ReceivedRequest,
  name: string,
  { least, most, byDefault }: { least: number; most: number; byDefault: number },
): number {
  const text = parameter(request, name)
  if (text === undefined) return byDefault
  const value = /^-?\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) {
    throw invalid(name, `Must be a whole number from ${least} to ${most}.`)
  }
  return value
}

/**
 * A date as `yyyy-MM-dd`, given so or as `dd-MM-yyyy` (both generations of the pages); null when it is absent.
 * @throws ProblemError 400 for anything else.
 */
export function date(request: ReceivedRequest, name: string): string | null {
  const text = parameter(request, name)
  if (text === undefined) return null
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text) ?? []
  const iso = year === undefined ? text : `${year}-${month}-${day}`
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(iso)) throw invalid(name, 'Must be a date.')
  return iso
}
