import { Modal, SegmentedControl } from '@mantine/core'
import { BackupSection } from '../features/backup/backup-section.tsx'
import { useDeskStatus } from '../store/use-desk-status.ts'
import { t } from '../text/t.ts'
import { changePreferences, type Preferences, usePreferences } from './preferences.ts'

export interface SettingsDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
}

export function SettingsDialog({ opened, onClose }: SettingsDialogProps) {
  const { theme, textSize, language } = usePreferences()
  const version = useDeskStatus()?.appVersion ?? ''
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('frame.settingsDialog.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <div className="settings">
        <Choice<Preferences['theme']>
          label={t('frame.settingsDialog.theme')}
          value={theme}
          options={[
            { value: 'light', label: t('frame.settingsDialog.light') },
            { value: 'dark', label: t('frame.settingsDialog.dark') },
            { value: 'contrast', label: t('frame.settingsDialog.contrast') },
          ]}
          onChange={(chosen) => changePreferences({ theme: chosen })}
        />
        <Choice<Preferences['textSize']>
          label={t('frame.settingsDialog.textSize')}
          value={textSize}
          options={[
            { value: '100', label: '100 %' },
            { value: '125', label: '125 %' },
            { value: '150', label: '150 %' },
          ]}
          onChange={(chosen) => changePreferences({ textSize: chosen })}
        />
        <Choice<Preferences['language']>
          label={t('frame.settingsDialog.language')}
          value={language}
          options={[
            { value: 'vi', label: t('frame.settingsDialog.vietnamese') },
            { value: 'en', label: t('frame.settingsDialog.english') },
          ]}
          onChange={(chosen) => changePreferences({ language: chosen })}
        />
        <BackupSection />
        <p className="muted small">
          {t('frame.settingsDialog.saved')} {t('frame.settingsDialog.version', { version })}
        </p>
      </div>
    </Modal>
  )
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <div>
      <h3>{label}</h3>
      <SegmentedControl
        fullWidth
        aria-label={label}
        value={value}
        data={[...options]}
        onChange={(next) => onChange(next as T)}
      />
    </div>
  )
}
