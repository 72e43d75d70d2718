/** A document shown inside the window: pages of a PDF, a picture. */
export const document = {
  tools: 'Document',
  pageList: 'Page thumbnails',
  goToPage: 'Go to page {number, number}',
  position: 'Page {number, number} of {total, number}',
  find: 'Find in the document',
  findPlaceholder: 'Find',
  findClose: 'Close the search',
  nextMatch: 'Next match',
  previousMatch: 'Previous match',
  matches:
    '{total, plural, =0 {No match} one {{number, number} of # match} other {{number, number} of # matches}}',
  searching: 'Searching…',
  fitWindow: 'Fit the window',
} as const
