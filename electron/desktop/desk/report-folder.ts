import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'
import { CallFailed } from './call-failed.ts'

/** The folder for finished reports is for nothing else: what a person chooses for another use is held against it. */

/** @throws CallFailed where what is put into this folder would be taken for a report */
export async function refuseInReports(folder: string, reports: string): Promise<void> {
  if (isWithin(await realPath(folder), await realPath(reports))) throw notThere()
}

/** @throws CallFailed where this folder is the one for finished reports, lies in it, or has it inside */
export async function refuseNearReports(folder: string, reports: string): Promise<void> {
  await refuseInReports(folder, reports)
  await refuseInReports(reports, folder)
}

/** A folder that cannot be found counts by the name that it was given. */
function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}

function isWithin(folder: string, outer: string): boolean {
  const way = relative(outer, folder)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function notThere(): CallFailed {
  return new CallFailed(
    'refused',
    'Choose another folder: what lies in the folder for finished reports is taken for a report.',
  )
}
