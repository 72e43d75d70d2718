import { resolve } from 'node:path'
import { defaultProfileFolder } from '../station/profile.ts'

/** The profile folder that the command line names, as `--profile DIR` or `--profile=DIR`; null where it names none. */
export function namedProfile(args: readonly string[]): string | null {
  const at = args.indexOf('--profile')
  const joined = args.find((argument) => argument.startsWith('--profile='))?.slice('--profile='.length)
  const named = joined ?? (at < 0 ? undefined : args[at + 1])
  return named === undefined || named === '' ? null : resolve(named)
}

/**
 * The profile folder of this start: the named one, else the same default as on the command line (interfaces.md 1). On
 * Windows it lies below LOCALAPPDATA, which does not roam.
 */
export function profileFolderOf(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): string {
  return namedProfile(args) ?? resolve(defaultProfileFolder(environment, platform))
}
