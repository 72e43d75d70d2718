import { MAX_INSPECT_BYTES, MAX_INSPECT_SIDECAR_BYTES } from '../../shared/ipc/inspect-calls.ts'
import { words } from '../words.ts'

/** A file as the page has it: a name and bytes, no path. */
export type DroppedFile = Pick<File, 'name' | 'size' | 'arrayBuffer'>

/** Bytes read into memory; they go to the main process and nowhere else. */
export type ReadFile = {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly sidecar: Uint8Array<ArrayBuffer> | null
}

/** A file that cannot be looked at; `message` is for the person. */
export class FileRefused extends Error {}

/**
 * One report, perhaps with its companion file `report.pdf.json` (interfaces.md 3). Sizes are judged before anything
 * is read.
 * @throws FileRefused
 */
export async function readDropped(files: readonly DroppedFile[]): Promise<ReadFile> {
  const report = files.find((file) => !files.some((other) => file.name === `${other.name}.json`))
  const others = files.filter((file) => file !== report)
  const [companion] = others
  if (report === undefined || others.length > 1 || (companion && companion.name !== `${report.name}.json`)) {
    throw new FileRefused(words.inspect.oneFile)
  }
  if (report.size > MAX_INSPECT_BYTES) {
    throw new FileRefused(words.inspect.tooLarge({ limit: megabytes(MAX_INSPECT_BYTES) }))
  }
  if (companion !== undefined && companion.size > MAX_INSPECT_SIDECAR_BYTES) {
    throw new FileRefused(words.inspect.companionTooLarge({ limit: megabytes(MAX_INSPECT_SIDECAR_BYTES) }))
  }
  try {
    return {
      name: report.name,
      bytes: new Uint8Array(await report.arrayBuffer()),
      sidecar: companion === undefined ? null : new Uint8Array(await companion.arrayBuffer()),
    }
  } catch {
    // A folder, or a file that has gone in the meantime.
    throw new FileRefused(words.inspect.unreadable)
  }
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024)
}
