import type { SiteSeed } from './directory.ts'

/**
 * The two sites of the sample appointments. One has its zone as IANA id, the other as Windows id: the vendor's pages do
 * not say which it is.
 */
export function sampleSites(): SiteSeed[] {
  return [
    {
      domain: 'acme',
      siteName: 'Central Clinic',
      timeZone: 'Australia/Sydney',
      examCodes: [
        {
          examCodeId: 'EC100',
          key: 'CT_CHEST',
          description: 'CT Chest',
          category: 'CT',
          modality: 'CT',
          totalDuration: 15,
          showOnline: true,
          lastModifiedDateTime: '2026-01-10T02:03:04Z',
        },
        { examCodeId: 'EC101', key: 'US_THYROID', description: 'US Thyroid', modality: 'US' },
      ],
      staffSkills: {
        examKeys: ['CT_CHEST', 'US_THYROID'],
        examDisplay: { CT_CHEST: 'CT Chest', US_THYROID: 'US Thyroid' },
        headerComments: { US_THYROID: 'Not before 09:00.' },
        employees: [
          { username: 'pwong', firstName: 'Pia', lastName: 'Wong', skills: { CT_CHEST: 'yes' } },
          { username: 'tmoana', firstName: 'Tane', lastName: 'Moana', skills: { US_THYROID: 'yes' } },
        ],
        examSites: { CT_CHEST: ['Central Clinic'], US_THYROID: ['Central Clinic', 'Northside Clinic'] },
      },
    },
    { domain: 'acme', siteName: 'Northside Clinic', timeZone: 'E. Australia Standard Time' },
  ]
}
