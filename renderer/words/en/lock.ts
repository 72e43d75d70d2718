/** The safety of the desk: the clipboard, and the cover over an idle window. */
export const lock = {
  copied: 'Copied. It leaves the clipboard after a minute.',

  title: 'Radpost is locked',
  detail: 'Reports are delivered all the same. What you were writing is kept.',
  unlock: 'Unlock',
  how: {
    'touch-id': 'Touch ID or the password of your account opens it.',
    'lock-screen': 'The lock screen of this computer comes up; sign in there.',
    none: 'Lock this computer and sign in again to open it.',
  },
  answers: {
    refused: 'Not unlocked. Try again.',
    impossible: 'This computer could not ask who you are. Lock it yourself and sign in again.',
  },

  lockNow: 'Lock',
  lockWindow: 'Lock the window, where that is switched on',
  lockKey: 'Lock now (Ctrl or Cmd+L)',
  setting: 'Lock the window when nobody is here',
  settingHint:
    'Covers everything after this time without a key or the mouse, and when the computer is locked. Only the user of this computer opens it again.',
  off: 'Never',
  minutes: '{minutes, number} min',
  notPossible:
    'Radpost has no way to ask this computer who sits at it, so its window cannot be locked here. Lock the computer itself when you leave.',
} as const
