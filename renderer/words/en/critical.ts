/** Critical results: who was told, when and how. */
export const critical = {
  heading: 'Critical result',
  badge: { open: 'Critical, nobody told', told: 'Critical, told' },
  mark: 'Mark as critical…',
  add: 'Add to this…',
  note: 'Sending a report tells nobody. Tell the person who acts on it yourself, and write it down here.',
  entry: {
    open: 'Marked by {name}, {time}: {reason}. Nobody has been told yet.',
    told: '{whom} was told {how}, {time}; it was read back. {reason} ({name})',
    toldWithout: '{whom} was told {how}, {time}; it was not read back. {reason} ({name})',
    withdrawn: 'Withdrawn by {name}, {time}: {reason}',
  },

  title: 'Critical result',
  detail: 'Kept with the audit trail. Nothing is changed later: a correction is one more entry.',
  question: 'Has somebody been told?',
  answers: {
    told: 'Yes',
    open: 'Not yet',
    withdrawn: 'It is not critical: the mark was a mistake',
  },
  answerNeeded: 'Choose one.',
  readBack: 'Did they read it back?',
  readBackOptions: { yes: 'Yes', no: 'No' },
  readBackNeeded: 'Choose yes or no.',
  suggested: {
    unexpected: 'Unexpected finding that needs action now',
    correction: 'The entry before was wrong',
  },
  keep: 'Keep',
  kept: 'Kept with the audit trail.',
} as const
