import { expect, it } from 'vitest'
import { measureIdentity } from '../../identity/measure.ts'

it('sends no report to a wrong patient or study, and nearly all of the right ones, in 3,000 invented documents', () => {
  const { sentWrong, shouldSend, didSend } = measureIdentity(7, 3_000)
  expect(sentWrong).toBe(0)
  expect(shouldSend).toBeGreaterThan(500)
  expect(didSend / shouldSend).toBeGreaterThanOrEqual(0.97)
})
