import type { Dialog, MessageBoxReturnValue, OpenDialogReturnValue, SaveDialogReturnValue } from 'electron'
import { changed, records } from '../host/records.ts'
import { strict } from './strict.ts'

/** Answers that came before their question, and questions that wait for their answer. */
function createExchange<Answer>() {
  const answers: Answer[] = []
  const questions: ((answer: Answer) => void)[] = []
  return {
    ask: () =>
      new Promise<Answer>((resolve) => {
        const ready = answers.shift()
        if (ready === undefined) questions.push(resolve)
        else resolve(ready)
      }),
    answer(answer: Answer) {
      const waiting = questions.shift()
      if (waiting === undefined) answers.push(answer)
      else waiting(answer)
    },
  }
}

export const openDialogs = createExchange<OpenDialogReturnValue>()
export const saveDialogs = createExchange<SaveDialogReturnValue>()
export const messageBoxes = createExchange<MessageBoxReturnValue>()

/** Electron takes the window first, or only the options. */
function optionsOf(args: readonly unknown[]): {
  readonly title?: string
  readonly message?: string
  readonly defaultPath?: string
} {
  return (args.length > 1 ? args[1] : args[0]) as { title?: string; message?: string; defaultPath?: string }
}

function note(kind: 'open' | 'save' | 'message', title: string | undefined, proposed?: string): void {
  records.dialogs.push({ kind, title: title ?? '', proposed: proposed ?? null })
  changed()
}

const standIn = {
  async showOpenDialog(...args: readonly unknown[]): Promise<OpenDialogReturnValue> {
    note('open', optionsOf(args).title)
    return openDialogs.ask()
  },
  async showSaveDialog(...args: readonly unknown[]): Promise<SaveDialogReturnValue> {
    const { title, defaultPath } = optionsOf(args)
    note('save', title, defaultPath)
    return saveDialogs.ask()
  },
  async showMessageBox(...args: readonly unknown[]): Promise<MessageBoxReturnValue> {
    note('message', optionsOf(args).message)
    return messageBoxes.ask()
  },
  showErrorBox(title: string, _content: string): void {
    note('message', title)
  },
} satisfies Pick<Dialog, 'showErrorBox'> & Record<string, unknown>

export const dialog = strict('dialog', standIn)
