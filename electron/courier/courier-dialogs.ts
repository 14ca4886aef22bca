import { type BrowserWindow, dialog } from 'electron'

/** Where a courier file lies, asked of the officer; undefined when they think better of it. */
export interface CourierDialogs {
  readonly whereTo: (name: string) => Promise<string | undefined>
  readonly which: () => Promise<string | undefined>
}

const filters = [{ name: 'Một cửa', extensions: ['motcua'] }]

export function createCourierDialogs(window: () => BrowserWindow | undefined): CourierDialogs {
  return {
    async whereTo(name) {
      const options = { defaultPath: name, filters }
      const parent = window()
      const answer = parent ? await dialog.showSaveDialog(parent, options) : await dialog.showSaveDialog(options)
      return answer.canceled ? undefined : answer.filePath
    },
    async which() {
      const options = { filters, properties: ['openFile' as const] }
      const parent = window()
      const answer = parent ? await dialog.showOpenDialog(parent, options) : await dialog.showOpenDialog(options)
      return answer.canceled ? undefined : answer.filePaths[0]
    },
  }
}
