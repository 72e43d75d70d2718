/** The operating system's word for a failed call (`ENOENT`, `EACCES`, …); null for any other error. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** True for a failure of the file system itself: the file or its folder, not what we did with it. */
export function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && typeof error.syscall === 'string'
}
