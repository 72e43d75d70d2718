/** Somebody used a part of Electron that the stand-in does not have. */
export class NotInStandIn extends Error {
  constructor(name: string) {
    super(`The desktop stand-in has no ${name}.`)
    this.name = 'NotInStandIn'
  }
}

/** What JavaScript itself asks of any object (`await`, JSON), which is no use of Electron. */
const askedByTheLanguage = new Set(['then', 'toJSON', 'asymmetricMatch'])

/**
 * The same object, but reading a member that it lacks throws by name instead of giving undefined: what the app needs
 * and the stand-in has not must never pass unnoticed.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, property, receiver) {
      if (typeof property === 'symbol' || property in object || askedByTheLanguage.has(property))
        return Reflect.get(object, property, receiver) as unknown
      throw new NotInStandIn(`${name}.${property}`)
    },
  })
}

/** A part of Electron that is not there at all: importing it is fine, using it throws. */
export function missing(name: string): never {
  return new Proxy(function missingPart() {}, {
    get(_object, property) {
      if (typeof property === 'symbol') return undefined
      throw new NotInStandIn(`${name}.${property}`)
    },
    construct() {
      throw new NotInStandIn(name)
    },
    apply() {
      throw new NotInStandIn(name)
    },
  }) as never
}
