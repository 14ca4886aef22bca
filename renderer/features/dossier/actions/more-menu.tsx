import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { t } from '../../../text/t.ts'

export interface MoreItem {
  readonly label: string
  readonly keys?: ReactNode
  readonly run: () => void
}

/** What is done now and then, behind one button: the name of the dossier needs the room. */
export function MoreMenu({ items }: { readonly items: readonly MoreItem[] }) {
  if (items.length === 0) return null
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      hideDetached={false}
    >
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
          {t('dossier.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ label, keys, run }) => (
          <Menu.Item key={label} rightSection={keys} onClick={run}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
