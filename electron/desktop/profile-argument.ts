import { resolve } from 'node:path'
import { defaultProfileFolder } from '../station/profile.ts'

/**
 * The profile folder of this start: `--profile DIR` or `--profile=DIR` as on the command line, else the same default
 * (interfaces.md 1). On Windows it lies below LOCALAPPDATA, which does not roam.
 */
export function profileFolderOf(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): string {
  const at = args.indexOf('--profile')
  const joined = args.find((argument) => argument.startsWith('--profile='))?.slice('--profile='.length)
  const named = joined ?? (at < 0 ? undefined : args[at + 1])
  return resolve(named === undefined || named === '' ? defaultProfileFolder(environment, platform) : named)
}
