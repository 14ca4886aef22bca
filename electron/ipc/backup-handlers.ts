import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import { err, ok, type Result } from '../../shared/core/result.ts'
import type { RestoreFailure } from '../../shared/ipc/contract.ts'
import type { BackupStatus, FoundBackup, RestoreReport } from '../../shared/ipc/view.ts'
import type { Desk } from '../desk.ts'
import { recoveryKeyIdOf } from '../vault/recovery-file.ts'

/** Folders and files are chosen in the operating system's own dialog: the page never names a path. */
export interface BackupHandlers {
  readonly chooseFolder: () => Promise<Result<BackupStatus, { readonly code: 'file/cancelled' }>>
  readonly chooseBackup: () => Promise<Result<readonly FoundBackup[], RestoreFailure>>
  readonly chooseKey: () => Promise<Result<{ readonly keyId: string }, RestoreFailure>>
  readonly restore: (input: {
    readonly deskId: string
    readonly passphrase?: string | undefined
  }) => Promise<Result<RestoreReport, RestoreFailure>>
}

const cancelled = err({ code: 'file/cancelled' } as const)

export function createBackupHandlers(desk: Desk, window: () => BrowserWindow | undefined): BackupHandlers {
  let keyFile: string | undefined

  async function choose(options: OpenDialogOptions): Promise<string | undefined> {
    const parent = window()
    const chosen = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options))
    return chosen.canceled ? undefined : chosen.filePaths[0]
  }

  return {
    async chooseFolder() {
      const folder = await choose({ title: 'Thư mục sao lưu', properties: ['openDirectory', 'createDirectory'] })
      return folder === undefined ? cancelled : ok(await desk.backup.choose(folder))
    },
    async chooseBackup() {
      const folder = await choose({ title: 'Thư mục có bản sao lưu của máy cũ', properties: ['openDirectory'] })
      return folder === undefined ? cancelled : desk.restore.look(folder)
    },
    async chooseKey() {
      const file = await choose({ title: 'Tệp khoá phục hồi', properties: ['openFile'] })
      if (file === undefined) return cancelled
      const keyId = await recoveryKeyIdOf(file)
      if (keyId === undefined) return err({ code: 'restore/not-a-recovery-file' })
      keyFile = file
      return ok({ keyId })
    },
    async restore({ deskId, passphrase }) {
      if (passphrase === undefined) return desk.restore.run(deskId, 'lent')
      if (keyFile === undefined) return err({ code: 'restore/not-a-recovery-file' })
      return desk.restore.run(deskId, { file: keyFile, passphrase })
    },
  }
}
