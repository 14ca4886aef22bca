import { Button, Modal } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { t } from '../../../text/t.ts'
import { NoticeBox } from '../../../ui/notice-box.tsx'
import type { PrintingAgain } from './use-print-again.ts'

/** The button, and after a failure another try or a file. */
export function PrintAgain({ printing }: { readonly printing: PrintingAgain }) {
  const { label, busy, notice, print, savePdf, dismiss } = printing
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden />}
        loading={busy}
        onClick={() => void print()}
      >
        {label}
      </Button>
      <Modal
        opened={notice !== undefined}
        onClose={dismiss}
        title={label}
        closeButtonProps={{ 'aria-label': t('dossier.close') }}
      >
        <div className="action-form">
          {notice ? <NoticeBox notice={notice} /> : null}
          <div className="action-buttons">
            <Button onClick={() => void print()} loading={busy} data-autofocus>
              {t('dossier.printAgain')}
            </Button>
            <Button variant="default" onClick={() => void savePdf()}>
              {t('dossier.savePdf')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
