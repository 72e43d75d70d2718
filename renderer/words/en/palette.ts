/** The command palette. */
export const palette = {
  title: 'Go to, find or do',
  button: 'Go to…',
  search: 'Patient, id, view or action',
  results: 'Results',
  none: 'Nothing is called that',
  noneDetail: 'Studies are found by the patient’s name, the patient id or the appointment id.',
  groups: { recent: 'Recent', studies: 'Studies', go: 'Go to', actions: 'Actions' },
  openFolder: 'Open the report folder',
  pauseHour: 'Pause deliveries for 1 hour',
  pause: 'Pause deliveries until I resume',
  resume: 'Resume deliveries',
  refresh: 'Read the worklist now',
  refreshed: 'The worklist is being read.',
  retryAll: 'Try everything that waits again',
  retried:
    '{number, plural, =0 {Nothing waits.} one {# report is tried again.} other {# reports are tried again.}}',
  themes: { system: 'Colours as the system', light: 'Light colours', dark: 'Dark colours' },
  densities: { comfortable: 'Comfortable rows', compact: 'Compact rows' },
  keys: 'Show the keys',
} as const
