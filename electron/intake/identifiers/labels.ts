/** What a label announces. `foreign`: something that is not the patient's identity, and ends a value all the same. */
export type Field =
  | 'name'
  | 'surname'
  | 'givenNames'
  | 'letterSubject'
  | 'birthDate'
  | 'birthDateAndSex'
  | 'sex'
  | 'patientId'
  | 'accession'
  | 'appointment'
  | 'studyUid'
  | 'foreign'

/**
 * How far a label's words can be trusted.
 * - `clear`: the words mean nothing else, with or without a colon (`MRN`, `Date of birth`).
 * - `common`: everyday words (`Patient`, `Name`, `Sex`): with a colon, or where only a label can stand.
 */
type Trust = 'clear' | 'common'

type LabelRule = { readonly field: Field; readonly trust: Trust; readonly words: string }

const numberWord = '(?:\\s*(?:no|nr|num|number|id|identifier)\\b\\.?|\\s*[#№]|\\s*\\(id\\))'
const patient = "(?:patient(?:['’]?s)?|pt\\.?)"
const birth = '(?:d\\.?\\s?o\\.?\\s?b\\b\\.?|date\\s+of\\s+birth|birth\\s?-?date)'
const sexWords = '(?:sex|gender)'

/** Who or what else can have a name, a number or a date of birth. */
const others =
  '(?:doctor|dr|gp|physician|referr?er|radiologist|provider|practitioner|clinician|surgeon|consultant|specialist|technologist|radiographer|sonographer|operator|typist|transcriptionist|author|clinic|practice|facility|site|institution|organi[sz]ation|company|employer|insurer|insurance|fund|ward|unit|department|contact|carer|guardian|parent|mother|father|partner|spouse|husband|wife|sibling|brother|sister|son|daughter|baby|infant|f(?:o)?etus|donor|next\\s+of\\s+kin|nok|kin|user|file|study|exam(?:ination)?|procedure|series|protocol|template|report|document|drug|medication|agent|product|test|responsible|account|staff|nurse|recipient|sender|witness)'

const foreignPhrases = [
  `(?:name|date\\s+of\\s+birth|dob|sex|gender|surname|id|number)\\s+of\\s+(?:the\\s+)?${others}`,
  `${others}(?:['’]?s)?\\s+(?:(?:full|first|last|given|family|sur)\\s*)?(?:name|names|surname|id|no|number|phone|dob|d\\.o\\.b\\.?|sex|gender|birth\\s?date|date\\s+of\\s+birth|code|address|email|fax)`,
  '(?:referring|requesting|ordering|attending|reporting|treating|family|primary|verifying|interpreting|supervising|dictating|performing|admitting|usual)\\s+(?:doctor|physician|radiologist|provider|practitioner|clinician|gp|dr|consultant|specialist|clinic|practice|registrar|care\\s+provider)(?:\\s+name)?',
  '(?:referred|reported|requested|ordered|verified|signed|dictated|approved|typed|transcribed|authori[sz]ed|performed|electronically\\s+signed|examined|checked)\\s+(?:by|on|at|from|to)',
  '(?:exam(?:ination)?|report|study|scan|service|visit|request|referral|order|procedure|print(?:ed)?|admission|discharge|collection|acquisition|approval|issue|verification|dictation|appointment|booking|appt|sign(?:ed|ing)?|follow.?up)\\s+(?:date|time|date\\s*(?:/|and|&)\\s*time|datetime|type|status|length|description|code|location|site|reason|name)',
  'date\\s+(?:of|and\\s+time\\s+of)\\s+(?:the\\s+)?(?!birth)\\p{L}+',
  'date\\s+(?:reported|printed|signed|performed|received|requested|dictated|referred|verified)',
  `${patient}\\s+(?:address|phone|mobile|email|contact|location|type|class|status|category|history|age|weight|height|position(?:ing)?|preparation|consent|doctor|gp|information|details|data|demographics|instructions|ward|room|bed|site|account|insurance|complaint|care|safety|questionnaire|notes?|comments?|fund|visit|group|service|reference|transport|alert|summary|portal|copy|language|pregnant|pregnancy|exposure|dose)(?:\\s*(?:no|number|name|details)\\b\\.?)?`,
  '(?:medicare|dva|ihi|hpi-?[io]|ndis|ssn|passport|provider|licen[cs]e|registration|account|invoice|order|request|requisition|placer|filler|referral|study|series|exam|report|document|policy|membership|fund|claim|visit|encounter|episode|room|bed|phone|telephone|tel|mobile|fax|page)\\s*(?:no|nr|number|id|identifier|card|#)\\b\\.?(?:\\s*(?:no|number)\\b\\.?)?',
  '(?:series|sop|sop\\s+instance|series\\s+instance|frame\\s+of\\s+reference|class|sop\\s+class|report|document|instance)\\s*(?:instance\\s*)?uid',
  'hospital\\s+(?:name|address|phone|site|department|ward|fax)',
  `(?:previous|prior|comparison|former|old|related|other|alternate|linked|maiden|preferred|also\\s+known|middle|file|brand|trade|test|drug)\\s+(?:patient\\s+)?(?:accession|mrn|urn?|dob|name|names|surname|appointment|appt|booking|study|exam|report|id)${numberWord}?`,
]

/** Single words that are a label of something else, but only with a colon: any of them can be a surname. */
const foreignWords =
  '(?:age|address|phone|tel|telephone|mobile|fax|email|e-mail|ward|room|bed|location|site|clinic|hospital|practice|facility|department|modality|exam|examination|procedure|study|protocol|date|time|printed|reported|signed|verified|dictated|referrer|ref|doctor|dr|gp|physician|radiologist|consultant|clinician|sonographer|radiographer|technologist|provider|author|operator|cc|copies|copy|to|from|attention|attn|priority|status|class|type|ethnicity|race|religion|language|country|medicare|dva|insurance|insurer|fund|weight|height|allergies|history|indication|clinical|comparison|technique|findings|impression|conclusion|comment|comments|contrast|dose|side|laterality|region|report|page|order|request|series|contact|nok|kin|mother|father|id|number|no|title|suffix|prefix|alias|visit|encounter|episode|account|by|on|at|uid|note|notes|result|results|reason|details|information)'

const rules: readonly LabelRule[] = [
  ...foreignPhrases.map((words): LabelRule => ({ field: 'foreign', trust: 'clear', words })),
  {
    field: 'birthDateAndSex',
    trust: 'clear',
    words: `(?:${patient}\\s+)?(?:${birth}\\s*(?:/|&|and)\\s*(?:age\\s*(?:/|&|and)\\s*)?${sexWords}|${sexWords}\\s*(?:/|&|and)\\s*(?:age\\s*(?:/|&|and)\\s*)?${birth})`,
  },
  {
    field: 'birthDate',
    trust: 'clear',
    words: `(?:${patient}\\s+)?(?:${birth}(?:\\s*(?:/|&|and)\\s*age)?|age\\s*(?:/|&|and)\\s*${birth}|birth\\s+day)`,
  },
  { field: 'birthDate', trust: 'common', words: 'born(?:\\s+on)?' },
  {
    field: 'sex',
    trust: 'common',
    words: `(?:${patient}\\s+)?(?:age\\s*(?:/|&|and)\\s*${sexWords}|${sexWords}(?:\\s*(?:/|&|and)\\s*age)?)`,
  },
  {
    field: 'surname',
    trust: 'common',
    words: `(?:${patient}\\s+)?(?:surname|(?:family|last)\\s*name)`,
  },
  {
    field: 'givenNames',
    trust: 'common',
    words: `(?:${patient}\\s+)?(?:(?:given|first)\\s*(?:names?|name\\s*\\(s\\)|name/s)|forenames?|forename\\(s\\))`,
  },
  {
    field: 'patientId',
    trust: 'clear',
    words: `(?:${patient}(?:\\s+(?:record|file|chart))?${numberWord}|(?:${patient}\\s+)?(?:mrn|urn|umrn|m\\.r\\.n\\.?)${numberWord}?|(?:${patient}\\s+)?(?:medical|unit|health)\\s+record${numberWord}|mr${numberWord}|u\\.?r\\.?${numberWord}|hospital${numberWord})(?:\\s*/\\s*(?:mrn|urn?|${patient}\\s*id))?`,
  },
  { field: 'patientId', trust: 'common', words: '(?:ur|u\\.r\\.)' },
  {
    field: 'accession',
    trust: 'clear',
    words: `accession${numberWord}?|acc(?:n|ession)?\\.?${numberWord}`,
  },
  {
    field: 'appointment',
    trust: 'clear',
    words: `(?:appointment|appt\\.?|booking)(?:\\s+ref(?:erence)?\\b\\.?)?${numberWord}|(?:appointment|appt\\.?|booking)\\s+ref(?:erence)?\\b\\.?`,
  },
  { field: 'appointment', trust: 'common', words: 'appointment|appt\\.?|booking' },
  {
    field: 'studyUid',
    trust: 'clear',
    words: 'study\\s*(?:instance\\s*)?u\\.?i\\.?d\\.?(?:\\s*no\\.?)?',
  },
  {
    field: 'name',
    trust: 'clear',
    words: `(?:${patient}\\s*(?:full\\s+)?names?|name\\s+of\\s+(?:the\\s+)?patient|full\\s+name\\s+of\\s+(?:the\\s+)?patient)`,
  },
  { field: 'name', trust: 'common', words: `(?:${patient}|(?:full\\s+)?name)` },
  { field: 'letterSubject', trust: 'common', words: 're|regarding' },
  { field: 'foreign', trust: 'common', words: foreignWords },
]

/** A place in a line where a label stands. */
export type LabelMatch = {
  readonly field: Field
  readonly trust: Trust
  /** Its words in lower case, without colon and hints. */
  readonly words: string
  readonly start: number
  /** Where its value begins. */
  readonly end: number
  /** A colon or its like follows. */
  readonly marked: boolean
  /** What stands in parentheses between the words and the colon (`DD/MM/YYYY`, `Last, First`). */
  readonly hint: string
}

const wordStart = '(?<![\\p{L}\\p{N}_])'
const wordEnd = "(?![\\p{L}\\p{N}_]|[’'-]\\p{L}|\\.\\p{L})"
const compiled = rules.map((rule) => ({
  ...rule,
  pattern: new RegExp(`${wordStart}(?:${rule.words})${wordEnd}`, 'giu'),
}))
const tail =
  /(?:\s*\((?<hint>[^()]{1,40})\)(?=\s*(?:[.·…_]{2,})?\s*[:：=]))?(?<mark>\s*(?:[.·…_]{2,})?\s*[:：=]|\s+[-–—](?=\s))?/uy

const cellEnd = '\\s*(?:\\([^()]{1,40}\\))?\\s*[:：=]?$'
const wholeCell = compiled.map(({ field, pattern }) => ({
  field,
  pattern: new RegExp(`^(?:${pattern.source})${cellEnd}`, 'iu'),
}))

/** A label of the site's own, beside the built-in ones (settings `reports.templates`). */
export type SiteLabel = {
  readonly field: Field
  readonly trust: 'clear'
  readonly pattern: RegExp
  readonly wholeCell: RegExp
}

/** @param words the text of a label as an administrator writes it: case and width of gaps do not count */
export function siteLabel(field: Field, words: string): SiteLabel {
  const escaped = words
    .trim()
    .replace(/\s*[:：=]$/u, '')
    .split(/\s+/u)
    .map((word) => word.replaceAll(/[/\\^$*+?.()|[\]{}-]/gu, '\\$&').replaceAll('\\-', '[-]'))
    .join('\\s+')
  const source = `${wordStart}(?:${escaped})${wordEnd}`
  return {
    field,
    trust: 'clear',
    pattern: new RegExp(source, 'giu'),
    wholeCell: new RegExp(`^(?:${source})${cellEnd}`, 'iu'),
  }
}

/** The field whose label is all of a cell, as in the head of a table; null where the cell is something else. */
export function labelOfCell(cell: string, site: readonly SiteLabel[] = []): Field | null {
  const text = cell.trim()
  return (
    site.find((label) => label.wholeCell.test(text))?.field ??
    wholeCell.find(({ pattern }) => pattern.test(text))?.field ??
    null
  )
}

/** The cells of a line: a tab or a wide gap parts them. */
export function cellsOf(line: string): string[] {
  return line.trim().split(/\s*\t\s*| {3,}/u)
}

/**
 * All labels of one line from left to right; where several could stand, the longest, then the site's own, then the
 * earlier rule.
 */
export function labelsIn(line: string, site: readonly SiteLabel[] = []): LabelMatch[] {
  const found: (LabelMatch & { readonly rank: number; readonly length: number })[] = []
  for (const [rank, { field, trust, pattern }] of [...site, ...compiled].entries()) {
    for (const match of line.matchAll(pattern)) {
      tail.lastIndex = match.index + match[0].length
      const after = tail.exec(line)
      const marked = after?.groups?.['mark'] !== undefined || /[#№:]$/u.test(match[0])
      if (field === 'foreign' && trust === 'common' && !marked) continue
      found.push({
        field,
        trust,
        words: match[0].toLowerCase(),
        start: match.index,
        end: match.index + match[0].length + (after?.[0].length ?? 0),
        marked,
        hint: after?.groups?.['hint'] ?? '',
        rank,
        length: match[0].length,
      })
    }
  }
  found.sort((a, b) => a.start - b.start || b.length - a.length || a.rank - b.rank)
  const kept: LabelMatch[] = []
  let reach = 0
  for (const { rank: _, length: __, ...label } of found) {
    if (label.start < reach) continue
    kept.push(label)
    reach = label.end
  }
  return kept
}
