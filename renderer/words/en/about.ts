/** About this installation, its diagnostics, and how long things are kept. */
export const about = {
  title: 'About',
  version: 'Version',
  runtime: 'Runs on',
  system: 'System',
  profile: 'Profile',
  host: 'Host',
  hosts: { electron: 'Desktop app', 'stand-in': 'Desktop stand-in (tests and demo)' },
  diagnosticsHint:
    'For support: versions, settings without paths, whether each practice can be reached, counts of states, and the ids of the last answers of QUBS. No patient data, no secrets, no file names. Have a look before you send it.',
  saveDiagnostics: 'Save diagnostics…',
  diagnosticsSaved: 'The diagnostics were saved.',
  licences: 'Licences of others',
  licencesHint: 'Radpost is made with these packages, and with Electron and Chromium.',
  licence: '{name} {version}',
  showLicences: 'Show licences',

  retention: 'What is kept',
  spoolDays: 'Keep copies of delivered reports (days)',
  spoolDaysHint:
    'Encrypted, on this computer, so that a report can be looked at again. 0: removed as soon as it is delivered.',
  spoolDaysInvalid: 'A whole number from 0 to 365.',
  auditDays: 'Keep the audit trail (days)',
  auditDaysHint:
    'Who decided what, and what was sent; without names of patients. Your law or your insurer may ask for years: 2555 days are seven.',
  auditDaysInvalid: 'A whole number, 1 or more.',

  proxyOptions: { system: 'As the system', none: 'None', address: 'This address' },
  proxyAddress: 'Address of the proxy',
  proxyAddressHint: 'For example http://proxy.example:8080.',
  proxyAddressInvalid: 'An address that begins with http:// or https://.',
  ca: 'Certificates of the network',
  caHint:
    'Only where the network inspects encrypted traffic: a file of certificates (PEM) from whoever runs it.',
  noCa: 'None beside the built-in ones',
  chooseCa: 'Choose a file…',
  forgetCa: 'Trust it no longer',

  sections: 'Sections of the settings',
  unsaved: 'Not saved yet',
  unsavedIn: 'Not saved yet: {sections}',
  leaveTitle: 'Leave without saving?',
  leaveDetail: 'What was typed in {sections} is not saved yet.',
  stay: 'Stay',
  leave: 'Leave without saving',
} as const
