/** The package carries no types of its own; this is the one function that Radpost calls. */
declare module 'dicom-character-set' {
  /**
   * Decodes the bytes of one value. `specificCharacterSet` is (0008,0005) as it stands, values joined by a
   * backslash. `vr` says which delimiters reset the code extensions (PS3.5 6.1.2.5.3).
   * Throws on a term that it does not know and on an escape sequence that the term does not announce.
   */
  export function convertBytes(
    specificCharacterSet: string | undefined,
    bytes: Uint8Array,
    options?: { readonly vr?: string },
  ): string
}
