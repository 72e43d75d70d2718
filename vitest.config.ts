import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** The tests start some hundred processes of Radpost: what one of them has compiled, the next ones take over. */
const env = { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'radpost') }

export default defineConfig({
  test: {
    // Most tests wait for processes and sockets, not for the processor.
    maxWorkers: 5,
    projects: [
      { test: { name: 'unit', env, include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'integration',
          env,
          include: ['test/integration/**/*.test.ts'],
          exclude: ['test/integration/renderer/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'window',
          env,
          include: ['test/integration/renderer/**/*.test.ts'],
          globalSetup: ['test/integration/renderer/build-once.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          env,
          include: ['test/e2e/**/*.test.ts', 'test/packaging/**/*.test.ts'],
          globalSetup: ['test/e2e/build-once.ts'],
          // After all others and few at once: each spec has an app and a Chromium of its own.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
