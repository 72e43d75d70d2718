/**
 * Headers of every file of the window (Electron checklist 7). The policy starts from nothing: scripts, styles, fonts
 * and workers are our own files; pictures may also be made in the page (attachments, pages of a PDF); the page fetches
 * nothing but our own files (the PDF reader's character maps), submits no form and stands in no frame.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function contentHeaders(mimeType: string): Readonly<Record<string, string>> {
  return {
    'content-type': mimeType,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  }
}
