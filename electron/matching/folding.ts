/**
 * An identifier for comparison: NFKC, outer white space and invisible padding off, case folded. Nothing else: leading
 * zeros and inner separators are part of an identifier (0123 and 123 may be two patients).
 */
export function foldIdentifier(text: string): string {
  return text.normalize('NFKC').replaceAll('\0', '').trim().toUpperCase().toLowerCase()
}
