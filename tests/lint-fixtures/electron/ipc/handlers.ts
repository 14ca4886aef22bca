// caught by: nothing
import { ipcMain } from 'electron'

ipcMain.removeAllListeners()
