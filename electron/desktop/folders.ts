import { dialog, shell, type BrowserWindow } from 'electron'

/** Choosing and opening folders: the only place that hands a path to the system's shell. */

/** @returns the folder that the person chose, or null */
export async function askForFolder(
  window: BrowserWindow | null,
  startingAt: string | null,
): Promise<string | null> {
  const options = {
    title: 'Choose the folder for finished reports',
    buttonLabel: 'Use this folder',
    properties: ['openDirectory', 'createDirectory'] as ('openDirectory' | 'createDirectory')[],
    ...(startingAt === null ? {} : { defaultPath: startingAt }),
  }
  const answer =
    window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}

/** Shows a folder of the settings in the file manager; never a file, which the system would run by its name. */
export async function showFolder(path: string): Promise<void> {
  await shell.openPath(path)
}
