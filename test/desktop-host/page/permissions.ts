import { ownSchemes } from '../electron/protocol.ts'
import type { StandInSession } from '../electron/session.ts'
import { originOf, toPageUrl } from '../host/addresses.ts'
import { browser } from '../host/browser.ts'

/** Chromium's names in `Browser.setPermission` where they differ from those of `Browser.grantPermissions`. */
const permissionNames: Readonly<Record<string, string>> = {
  videoCapture: 'camera',
  audioCapture: 'microphone',
  clipboardReadWrite: 'clipboard-read',
  idleDetection: 'idle-detection',
  sensors: 'accelerometer',
}

/** Tells Chromium what the app's handlers say to each permission of the page at `url`, before it is loaded. */
export async function decidePermissions(
  session: StandInSession,
  contents: object,
  url: string,
): Promise<void> {
  const { connection } = await browser()
  const { origin } = new URL(toPageUrl(url, ownSchemes()))
  if (origin === 'null') return
  for (const { name, granted } of await session.decidedPermissions(contents, originOf(url, ownSchemes()))) {
    await connection.browser
      .send('Browser.setPermission', {
        permission: { name: permissionNames[name] ?? name },
        setting: granted ? 'granted' : 'denied',
        origin,
      })
      .catch(() => undefined)
  }
}
