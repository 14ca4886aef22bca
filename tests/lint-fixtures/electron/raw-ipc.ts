// caught by: biome plugin
import { ipcMain } from 'electron'

ipcMain.removeAllListeners()
