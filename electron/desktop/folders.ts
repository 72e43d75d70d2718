import { dialog, shell, type BrowserWindow, type FileFilter } from 'electron'
import { isAllowedUrl } from '../../shared/settings.ts'

/**
 * Choosing files, folders and where to save, and opening folders and addresses: the only place that hands anything to
 * the system's shell.
 */

/** What a folder is for, as its dialog says it. */
export type FolderUse = 'reports' | 'inbox'

const folderTitles: Readonly<Record<FolderUse, string>> = {
  reports: 'Choose the folder for finished reports',
  inbox: 'Choose the folder in which results arrive',
}

/** @returns the folder that the person chose, or null */
export async function askForFolder(
  window: BrowserWindow | null,
  startingAt: string | null,
  use: FolderUse,
): Promise<string | null> {
  const options = {
    title: folderTitles[use],
    buttonLabel: 'Use this folder',
    properties: ['openDirectory', 'createDirectory'] as ('openDirectory' | 'createDirectory')[],
    ...(startingAt === null ? {} : { defaultPath: startingAt }),
  }
  const answer =
    window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}

/** What files are for, as their dialog says it. */
export type FileUse = 'attachments' | 'certificates'

type FileDialog = {
  title: string
  buttonLabel: string
  properties: ('openFile' | 'multiSelections')[]
  filters: FileFilter[]
}
const everyFile: FileFilter = { name: 'All files', extensions: ['*'] }

const fileDialogs: Readonly<Record<FileUse, FileDialog>> = {
  attachments: {
    title: 'Attach files to the report',
    buttonLabel: 'Attach',
    properties: ['openFile', 'multiSelections'],
    filters: [{ name: 'PDF and DICOM SR', extensions: ['pdf', 'dcm', 'dicom', 'sr'] }, everyFile],
  },
  certificates: {
    title: 'Choose the file of certificates to trust',
    buttonLabel: 'Trust',
    properties: ['openFile'],
    filters: [{ name: 'Certificates (PEM)', extensions: ['pem', 'crt', 'cer'] }, everyFile],
  },
}

/** @returns the files that the person chose; none when they chose none */
export async function askForFiles(window: BrowserWindow | null, use: FileUse): Promise<readonly string[]> {
  const options = fileDialogs[use]
  const answer =
    window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
  return answer.canceled ? [] : answer.filePaths
}

/**
 * @param name what is proposed
 * @param extension of what is saved, without the dot
 * @returns where the person wants it, or null
 */
export async function askForSavePath(
  window: BrowserWindow | null,
  name: string,
  extension: string,
): Promise<string | null> {
  const options = {
    title: 'Save',
    buttonLabel: 'Save',
    defaultPath: name,
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'] as (
      'showOverwriteConfirmation' | 'createDirectory'
    )[],
  }
  const answer =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
  return answer.canceled || answer.filePath === '' ? null : answer.filePath
}

/** Shows a folder of the settings in the file manager; never a file, which the system would run by its name. */
export async function showFolder(path: string): Promise<void> {
  await shell.openPath(path)
}

/**
 * Opens a link in the person's browser (Electron checklist 15). Whoever asks has held its host against a list; here
 * everything but plain web addresses is refused once more, because the system would run other kinds.
 * @throws Error without the address in it
 */
export async function showAddress(address: string): Promise<void> {
  const url = URL.parse(address)
  if (url === null || !isAllowedUrl(address) || url.username !== '' || url.password !== '') {
    throw new Error('This is no address that may be opened.')
  }
  await shell.openExternal(url.href)
}
