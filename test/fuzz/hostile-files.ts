import type { Random } from '../identity/random.ts'

/** Files that nobody should ever drop, made by chance and repeatable by seed. */

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

/** Pieces of both formats, so that not everything ends at the first look. */
const fragments: readonly Uint8Array[] = [
  '%PDF-1.7\n',
  '%%EOF\n',
  '1 0 obj\n<<',
  '>>\nendobj\n',
  'stream\n',
  '\nendstream\n',
  'xref\n0 1\n',
  'trailer\n<</Root 1 0 R>>\n',
  'startxref\n9\n',
  '/Type/Catalog/Pages 2 0 R',
  '/Kids[1 0 R]/Count 9',
  '/Filter/FlateDecode/Length 99999',
  '/ObjStm',
  '/Encrypt 1 0 R',
  '(Patient: Doe, Jane) Tj ',
  'BT ET ',
  'DICM',
  '\x02\0\x10\0UI\x14\x001.2.840.10008.1.2.1\0',
  '\x08\0\x16\0UI\x1e\x001.2.840.10008.5.1.4.1.1.88.11\0',
  '\x40\0\x30\xa7SQ\0\0\xff\xff\xff\xff',
  '\xfe\xff\0\xe0\xff\xff\xff\xff',
  '\xfe\xff\xdd\xe0\0\0\0\0',
  'UN\0\0',
].map(latin1)

const bytesOf = (random: Random, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => random.below(256))

/** Up to about 4,000 bytes of noise: alone, mixed with pieces of the formats, or behind the signature of one. */
export function arbitraryFile(random: Random): Uint8Array {
  const parts = Array.from({ length: random.below(40) }, () =>
    random.chance(50) ? random.pick(fragments) : bytesOf(random, random.below(200)),
  )
  switch (random.below(3)) {
    case 0:
      return bytesOf(random, random.below(4000))
    case 1:
      return Buffer.concat([latin1('%PDF-1.4\n'), ...parts, latin1('startxref\n9\n%%EOF\n')])
    default:
      return Buffer.concat([Buffer.alloc(128), latin1('DICM'), ...parts])
  }
}

/** A real file with a few bytes changed, and now and then a piece of it missing, doubled, or replaced. */
export function mutatedFile(random: Random, original: Uint8Array): Uint8Array {
  let bytes = Buffer.from(original)
  for (let count = random.below(30); count >= 0; count--) {
    bytes[random.below(bytes.length)] = random.below(256)
  }
  for (let count = random.below(3); count > 0 && bytes.length > 1; count--) {
    const at = random.below(bytes.length)
    const length = 1 + random.below(Math.min(2000, bytes.length - at))
    const [before, piece, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, at + length),
      bytes.subarray(at + length),
    ]
    const middle = [[], [piece, piece], [random.pick(fragments)], [piece.toReversed()]][random.below(4)] ?? []
    bytes = Buffer.concat([before, ...middle, after])
  }
  return random.chance(5) ? bytes.subarray(0, random.below(bytes.length)) : bytes
}
