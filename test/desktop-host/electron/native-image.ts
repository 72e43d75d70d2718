import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { NativeImage as ElectronNativeImage, Size } from 'electron'
import { strict } from './strict.ts'

/** A picture is known by its file's name; its size is read from a PNG's own header. */
class NativeImage {
  readonly sourceName: string | null
  private readonly bytes: Buffer
  private template = false
  isMacTemplateImage = false

  constructor(bytes: Buffer, sourceName: string | null) {
    this.bytes = bytes
    this.sourceName = sourceName
  }
  isEmpty(): boolean {
    return this.bytes.length === 0
  }
  getSize(): Size {
    const isPng = this.bytes.length > 24 && this.bytes.toString('latin1', 1, 4) === 'PNG'
    return isPng
      ? { width: this.bytes.readUInt32BE(16), height: this.bytes.readUInt32BE(20) }
      : { width: 0, height: 0 }
  }
  resize(_options: unknown): NativeImage {
    return strict('NativeImage', new NativeImage(this.bytes, this.sourceName))
  }
  toPNG(): Buffer {
    return this.bytes
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.bytes.toString('base64')}`
  }
  addRepresentation(_options: unknown): void {}
  setTemplateImage(option: boolean): void {
    this.template = option
  }
  isTemplateImage(): boolean {
    return this.template
  }
}

NativeImage satisfies new (
  ...args: never[]
) => Pick<ElectronNativeImage, 'isEmpty' | 'toPNG' | 'setTemplateImage'>

export type StandInImage = NativeImage

const image = (bytes: Buffer, name: string | null): StandInImage =>
  strict('NativeImage', new NativeImage(bytes, name))

export const nativeImage = strict('nativeImage', {
  createEmpty: () => image(Buffer.alloc(0), null),
  /** As in Electron, a file that is not there makes an empty picture. */
  createFromPath: (path: string) =>
    existsSync(path) ? image(readFileSync(path), basename(path)) : image(Buffer.alloc(0), null),
  createFromBuffer: (buffer: Buffer) => image(buffer, null),
  createFromDataURL: (url: string) => image(Buffer.from(url.split(',', 2)[1] ?? '', 'base64'), null),
})

/** File name of what was given as a picture, or null. */
export function imageName(given: string | StandInImage): string | null {
  return typeof given === 'string' ? basename(given) : given.sourceName
}
