import { createFakeRadpost, scenarios, type FakeRadpost } from './fake-radpost.ts'

declare global {
  interface Window {
    /** The fake behind `window.radpost`, for tests and the console. */
    fakeRadpost?: FakeRadpost
  }
}

// Runs before the page's own code: on the development page, or put there by a test. The scenario is in the address.
const wanted = new URLSearchParams(window.location.search).get('scenario')
const scenario = scenarios.find((name) => name === wanted) ?? 'busy'
const fake = createFakeRadpost(scenario, Date.now())
window.fakeRadpost = fake
Object.defineProperty(window, 'radpost', { value: fake })
