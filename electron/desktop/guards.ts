import { app, session, type Session } from 'electron'
import { isOwnAddress } from './origin.ts'

/**
 * The doors that are shut before any window opens. Each function is one item of Electron's security checklist; the
 * number is the official one.
 */
export function shutDoors(): void {
  const own = session.defaultSession
  denyPermissions(own)
  denyNetwork(own)
  denyDictionariesAndSingleSignOn(own)
  denyNavigation()
}

/** [5] The window needs no camera, clipboard reading, location or device; Electron's default would grant them. */
function denyPermissions(own: Session): void {
  own.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
}

/** The window makes no request of its own beyond its own files: all HTTP is the main process'. */
function denyNetwork(own: Session): void {
  own.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isLocal(details.url) }))
}

/** Our own files, and what the page made of bytes that it already has. */
function isLocal(address: string): boolean {
  return isOwnAddress(address) || /^(?:data|blob):/u.test(address)
}

/** Dictionaries would come from a server of others; Windows credentials are never offered to a server. */
function denyDictionariesAndSingleSignOn(own: Session): void {
  own.setSpellCheckerEnabled(false)
  own.allowNTLMCredentialsForDomains('')
}

/** [11] [12] [13] [14] Nothing leads the window away from our pages, opens another one, or embeds a guest. */
function denyNavigation(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnAddress(event.url)) event.preventDefault()
    })
    contents.on('will-frame-navigate', (event) => {
      if (!isOwnAddress(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!isOwnAddress(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}
