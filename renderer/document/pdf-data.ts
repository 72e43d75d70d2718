/**
 * Fonts and character maps that a PDF may leave out, brought in as modules of their own. pdf.js would fetch them, but
 * the window makes no request at all; a module is loaded only when a document asks for it.
 */

type Load = () => Promise<string>

const fonts = import.meta.glob<string>('../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?base64',
  import: 'default',
})
const maps = import.meta.glob<string>('../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
  query: '?base64',
  import: 'default',
})

const byName = new Map<string, Load>(
  [...Object.entries(fonts), ...Object.entries(maps)].map(([path, load]) => [
    path.slice(path.lastIndexOf('/') + 1),
    load,
  ]),
)

/** What pdf.js asks of its own data factory: the bytes of one named file. */
export class ModuleDataFactory {
  /** @throws when pdf.js asks for a file that does not come with the window; it then draws without it. */
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const load = byName.get(filename)
    if (load === undefined) throw new Error('This file does not come with the window.')
    return Uint8Array.from(atob(await load()), (character) => character.charCodeAt(0))
  }
}
