import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, Platform } from 'electron-builder'

const root = join(import.meta.dirname, '..', '..')

/** A packed app in a folder of its own. */
export type PackedApp = {
  /** The folder that holds `resources/app.asar`. */
  readonly folder: string
  remove(): Promise<void>
}

/**
 * Packs `out/` as a release does, but around a placeholder instead of Electron's binary, which need not be there: what
 * ships of ours is the same.
 * @throws Error when `out/` was not built or the packager refuses
 */
export async function packWithoutElectron(): Promise<PackedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'radpost-pack-'))
  try {
    const electronDist = join(folder, 'electron')
    const output = join(folder, 'packed')
    const { version } = JSON.parse(
      await readFile(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
    ) as { readonly version: string }
    await mkdir(electronDist)
    await writeFile(join(electronDist, 'electron'), '')
    await writeFile(join(electronDist, 'version'), `v${version}`)
    await build({
      projectDir: root,
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      config: {
        extends: join(root, 'electron-builder.yml'),
        electronDist,
        electronVersion: version,
        directories: { output },
        // There are no fuses in a placeholder.
        electronFuses: null,
      },
    })
    return {
      folder: join(output, 'linux-unpacked'),
      remove: () => rm(folder, { recursive: true, force: true }),
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}
