/** What a service answers, before the server adds what every answer has (Date, Content-Length). */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export function textAnswer(
  status: number,
  contentType: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { 'Content-Type': contentType, ...headers }, body: Buffer.from(text, 'utf8') }
}

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return textAnswer(status, 'application/json; charset=utf-8', JSON.stringify(value), headers)
}

/** The page that a hotel or hospital network puts in front of the internet: success in name, HTML in fact. */
export function captivePortalAnswer(): Answer {
  return textAnswer(
    200,
    'text/html; charset=utf-8',
    '<!doctype html><title>Guest network</title><h1>Please sign in to use this network</h1>',
  )
}
