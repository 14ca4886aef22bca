import fs from 'node:fs'
import fsp from 'node:fs/promises'

// A rename survives a power cut only when its folder is synced too. Windows has no fsync of folders; NTFS journals the
// rename itself.
const isJournaled = process.platform === 'win32'

export async function syncFolder(folder: string): Promise<void> {
  if (isJournaled) return
  const handle = await fsp.open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export function syncFolderNow(folder: string): void {
  if (isJournaled) return
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}
