export type Counts = { passed: number; failed: number; skipped: number }
/** Counts of vitest's JSON report; `json` is null where there is none. */
export function countTests(json: string | null, exitCode: number): Counts
/** `N passed, N failed`, with `, N skipped` where there are any. */
export function closingLine(counts: Counts): string
