import { request } from 'undici'

/**
 * Posts a webhook's body as a vendor would, to an address of this machine only.
 * @returns the receiver's status.
 * @throws Error when the address is elsewhere: simulated events never leave the machine.
 */
export async function postToLoopback(url: string, body: string, contentType: string): Promise<number> {
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)) {
    throw new Error('Webhooks are posted to loopback addresses only.')
  }
  const answer = await request(url, { method: 'POST', headers: { 'Content-Type': contentType }, body })
  await answer.body.dump()
  return answer.statusCode
}
