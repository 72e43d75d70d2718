import { assertKeepable, createSequencer, type SecretName, type Vault } from './vault.ts'

/**
 * A vault that forgets everything when the process ends. For the demo and for tests, which hand it to the station
 * themselves: no command and no setting leads here (design.md 6).
 */
export function createMemoryVault(initial: Iterable<readonly [SecretName, string]> = []): Vault {
  const entries = new Map<SecretName, string>(initial)
  const inOrder = createSequencer()
  return {
    kind: 'memory',
    get: (name) => inOrder(name, () => Promise.resolve(entries.get(name) ?? null)),
    set: (name, value) =>
      inOrder(name, async () => {
        assertKeepable(name, value)
        entries.set(name, value)
      }),
    delete: (name) => inOrder(name, () => Promise.resolve(entries.delete(name))),
  }
}
