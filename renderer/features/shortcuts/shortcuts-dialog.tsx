import './shortcuts.css'
import { Modal } from '@mantine/core'
import { Fragment } from 'react'
import { t } from '../../text/t.ts'

export interface ShortcutsDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
}

type Shortcut = readonly [key: string, meaning: string]

export function ShortcutsDialog({ opened, onClose }: ShortcutsDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={560}
      title={t('frame.shortcutsDialog.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <div className="shortcuts">
        <Group title={t('frame.shortcutsDialog.anywhere')} shortcuts={anywhere()} />
        <Group title={t('frame.shortcutsDialog.inList')} shortcuts={inList()} />
        <Group title={t('frame.shortcutsDialog.inIntake')} shortcuts={inIntake()} />
      </div>
    </Modal>
  )
}

function Group({ title, shortcuts }: { readonly title: string; readonly shortcuts: readonly Shortcut[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {shortcuts.map(([key, meaning]) => (
          <Fragment key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}

function anywhere(): readonly Shortcut[] {
  return [
    ['F1', t('frame.workList')],
    ['F2', t('frame.intake')],
    ['F3', t('frame.lookUp')],
    ['F8', t('frame.outbox')],
    ['F10', t('frame.shortcutsDialog.cover')],
    ['Ctrl K', t('frame.shortcutsDialog.palette')],
    ['Ctrl Enter', t('frame.shortcutsDialog.primary')],
    ['Ctrl P', t('frame.shortcutsDialog.preview')],
    ['Esc', t('frame.shortcutsDialog.closeLayer')],
    ['?', t('frame.shortcutsDialog.help')],
  ]
}

function inList(): readonly Shortcut[] {
  return [
    ['↑ ↓', t('frame.shortcutsDialog.move')],
    ['PgUp PgDn', t('frame.shortcutsDialog.page')],
    ['Home End', t('frame.shortcutsDialog.ends')],
    ['Enter', t('frame.shortcutsDialog.open')],
    ['T', t('frame.shortcutsDialog.handOver')],
    ['/', t('frame.shortcutsDialog.filter')],
  ]
}

function inIntake(): readonly Shortcut[] {
  return [
    ['F4', t('frame.shortcutsDialog.copyPerson')],
    ['Ctrl 1–5', t('frame.shortcutsDialog.section')],
  ]
}
