import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStructuredText } from '../../desktop-host/host/structured.ts'

const text = createStructuredText()
const thereAndBack = (value: unknown): unknown => text.read(text.write(value))

const leaf = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.bigInt(),
  fc.constant(null),
  fc.constant(undefined),
  fc.uint8Array(),
  fc.date({ noInvalidDate: true }),
)
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, leaf, tie('list'), tie('object'), tie('map'), tie('set')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  object: fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    tie('any'),
    { maxKeys: 4, noNullPrototype: true },
  ),
  map: fc.array(fc.tuple(fc.string(), tie('any')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
  set: fc.array(fc.string(), { maxLength: 3 }).map((items) => new Set(items)),
})).any

describe('what crosses between page and host', () => {
  it('arrives as it was sent', () => {
    fc.assert(
      fc.property(value, (sent) => {
        expect(thereAndBack(sent)).toEqual(sent)
      }),
      { examples: [[-0], [[Number.NaN, Number.POSITIVE_INFINITY]]] },
    )
  })

  it('carries bytes of any length', () => {
    const bytes = new Uint8Array(100_001).map((_, index) => index % 251)
    expect(thereAndBack({ bytes })).toEqual({ bytes })
  })

  it.each([() => 0, Symbol('x'), { inside: [() => 0] }])('refuses what cannot be cloned', (sent) => {
    expect(() => text.write(sent)).toThrow('could not be cloned')
  })
})
