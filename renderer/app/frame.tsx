import './frame.css'
import { type ReactNode, useState } from 'react'
import { Cover } from '../features/cover/cover.tsx'
import { Palette } from '../features/palette/palette.tsx'
import { ShortcutsDialog } from '../features/shortcuts/shortcuts-dialog.tsx'
import { Banners } from './banners.tsx'
import { Rail } from './rail.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useGlobalKeys } from './use-global-keys.ts'

type Dialog = 'shortcuts' | 'settings'

/** What stands around every screen. The status bar is always there (R14). */
export function Frame({ children }: { readonly children: ReactNode }) {
  const [dialog, setDialog] = useState<Dialog>()
  useGlobalKeys(() => setDialog('shortcuts'))
  const close = () => setDialog(undefined)
  return (
    <div className="frame">
      <Cover />
      <Rail onShortcuts={() => setDialog('shortcuts')} onSettings={() => setDialog('settings')} />
      <TopBar />
      <main className="main">
        <Banners />
        {children}
      </main>
      <StatusBar />
      <Palette />
      <ShortcutsDialog opened={dialog === 'shortcuts'} onClose={close} />
      <SettingsDialog opened={dialog === 'settings'} onClose={close} />
    </div>
  )
}
