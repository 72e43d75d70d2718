import { describe, expect, it } from 'vitest'
import { closingLine, countTests } from '../../setup/checks.mjs'

function report(...files: readonly { status: string; tests: readonly string[] }[]): string {
  return JSON.stringify({
    testResults: files.map((file) => ({
      status: file.status,
      assertionResults: file.tests.map((status) => ({ status })),
    })),
  })
}

describe('the counts of a test run', () => {
  it('add up every test of every file', () => {
    const json = report(
      { status: 'failed', tests: ['passed', 'failed', 'pending'] },
      { status: 'passed', tests: ['passed', 'todo', 'skipped'] },
    )
    expect(countTests(json, 1)).toEqual({ passed: 2, failed: 1, skipped: 3 })
  })

  it('count a file that did not load', () => {
    const json = report({ status: 'failed', tests: [] }, { status: 'passed', tests: ['passed'] })
    expect(countTests(json, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it('count a run that failed although no test did, or that left no report', () => {
    expect(countTests(report({ status: 'passed', tests: ['passed'] }), 1).failed).toBe(1)
    expect(countTests(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('make the closing line', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
    expect(closingLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped')
  })
})
