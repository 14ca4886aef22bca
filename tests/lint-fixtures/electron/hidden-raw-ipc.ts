// caught by: biome plugin
import * as electron from 'electron'

electron.ipcMain.removeAllListeners()
