/**
 * Windows time zone ids with the IANA zone of the same rules (Unicode CLDR, windowsZones, territory 001 or the country
 * meant): Australia, New Zealand and the Pacific, North America, Europe, and the neighbours that read for them. An id
 * that is not here stays unknown; a wrong zone would be worse than none.
 */
export const windowsZones: ReadonlyMap<string, string> = new Map(
  (
    [
      // Australia
      ['AUS Eastern Standard Time', 'Australia/Sydney'],
      ['E. Australia Standard Time', 'Australia/Brisbane'],
      ['Tasmania Standard Time', 'Australia/Hobart'],
      ['Cen. Australia Standard Time', 'Australia/Adelaide'],
      ['AUS Central Standard Time', 'Australia/Darwin'],
      ['W. Australia Standard Time', 'Australia/Perth'],
      ['Aus Central W. Standard Time', 'Australia/Eucla'],
      ['Lord Howe Standard Time', 'Australia/Lord_Howe'],
      ['Norfolk Standard Time', 'Pacific/Norfolk'],
      // New Zealand and the Pacific
      ['New Zealand Standard Time', 'Pacific/Auckland'],
      ['Chatham Islands Standard Time', 'Pacific/Chatham'],
      ['Fiji Standard Time', 'Pacific/Fiji'],
      ['Tonga Standard Time', 'Pacific/Tongatapu'],
      ['Samoa Standard Time', 'Pacific/Apia'],
      ['West Pacific Standard Time', 'Pacific/Port_Moresby'],
      ['Central Pacific Standard Time', 'Pacific/Guadalcanal'],
      ['Bougainville Standard Time', 'Pacific/Bougainville'],
      // North America
      ['Eastern Standard Time', 'America/New_York'],
      ['US Eastern Standard Time', 'America/Indiana/Indianapolis'],
      ['Central Standard Time', 'America/Chicago'],
      ['Mountain Standard Time', 'America/Denver'],
      ['US Mountain Standard Time', 'America/Phoenix'],
      ['Pacific Standard Time', 'America/Los_Angeles'],
      ['Alaskan Standard Time', 'America/Anchorage'],
      ['Aleutian Standard Time', 'America/Adak'],
      ['Hawaiian Standard Time', 'Pacific/Honolulu'],
      ['Atlantic Standard Time', 'America/Halifax'],
      ['Newfoundland Standard Time', 'America/St_Johns'],
      ['Canada Central Standard Time', 'America/Regina'],
      ['Yukon Standard Time', 'America/Whitehorse'],
      ['SA Western Standard Time', 'America/Puerto_Rico'],
      ['SA Pacific Standard Time', 'America/Bogota'],
      ['Central Standard Time (Mexico)', 'America/Mexico_City'],
      // Europe
      ['GMT Standard Time', 'Europe/London'],
      ['Greenwich Standard Time', 'Atlantic/Reykjavik'],
      ['W. Europe Standard Time', 'Europe/Berlin'],
      ['Romance Standard Time', 'Europe/Paris'],
      ['Central Europe Standard Time', 'Europe/Budapest'],
      ['Central European Standard Time', 'Europe/Warsaw'],
      ['GTB Standard Time', 'Europe/Bucharest'],
      ['E. Europe Standard Time', 'Europe/Chisinau'],
      ['FLE Standard Time', 'Europe/Kyiv'],
      ['Kaliningrad Standard Time', 'Europe/Kaliningrad'],
      ['Russian Standard Time', 'Europe/Moscow'],
      ['Turkey Standard Time', 'Europe/Istanbul'],
      ['Azores Standard Time', 'Atlantic/Azores'],
      // Neighbours
      ['UTC', 'Etc/UTC'],
      ['Singapore Standard Time', 'Asia/Singapore'],
      ['SE Asia Standard Time', 'Asia/Bangkok'],
      ['China Standard Time', 'Asia/Shanghai'],
      ['Tokyo Standard Time', 'Asia/Tokyo'],
      ['Taipei Standard Time', 'Asia/Taipei'],
      ['India Standard Time', 'Asia/Kolkata'],
      ['Sri Lanka Standard Time', 'Asia/Colombo'],
      ['Arabian Standard Time', 'Asia/Dubai'],
      ['Israel Standard Time', 'Asia/Jerusalem'],
      ['South Africa Standard Time', 'Africa/Johannesburg'],
    ] as const
  ).map(([windows, iana]) => [windows.toLowerCase(), iana]),
)
