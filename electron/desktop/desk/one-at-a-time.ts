import { CallFailed } from './call-failed.ts'

/** Carries out a person's act, unless one under the same name is still under way: a double press does nothing twice. */
export type OneAtATime = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** @param sentence what a second press is told */
export function createOneAtATime(sentence: string): OneAtATime {
  const underWay = new Set<string>()
  return async (name, work) => {
    if (underWay.has(name)) throw new CallFailed('conflict', sentence)
    underWay.add(name)
    try {
      return await work()
    } finally {
      underWay.delete(name)
    }
  }
}
