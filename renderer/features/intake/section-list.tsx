import { IconCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { t } from '../../text/t.ts'
import { type Section, sections } from './check-intake.ts'
import { focusSection } from './focus-section.ts'
import styles from './intake.module.css'
import { useIntake } from './intake-context.ts'
import { usePreview } from './preview/preview-context.ts'
import { useShownErrors } from './use-shown-errors.ts'

/** Where the officer is, what is done and where errors stand (R11). */
export function SectionList() {
  const { root, procedure } = useIntake()
  const current = useCurrentSection()
  return (
    <nav className={styles.steps} aria-label={t('intake.sections.label')}>
      <ol>
        {sections.map((section, index) => (
          <li key={section}>
            <button
              type="button"
              className={styles.step}
              aria-current={section === current ? 'step' : undefined}
              disabled={!procedure && section !== 'procedure'}
              onClick={() => root.current && focusSection(root.current, section)}
            >
              <StepMark section={section} ordinal={index + 1} />
              <span>{t(`intake.sections.${section}`)}</span>
              <StepTrouble section={section} />
            </button>
          </li>
        ))}
      </ol>
      <p className={styles.keyHints}>
        <kbd>Ctrl 1–5</kbd> {t('intake.sections.keysJump')}
        <br />
        <kbd>F4</kbd> {t('intake.sections.keysCopy')}
        <br />
        <kbd>F6</kbd> {t('intake.sections.keysDocuments')}
      </p>
    </nav>
  )
}

interface StepProps {
  readonly section: Section
}

function StepMark({ section, ordinal }: StepProps & { readonly ordinal: number }) {
  const done = usePreview((preview) => preview.done)
  if (!done.has(section)) return <span className={styles.mark}>{ordinal}</span>
  return (
    <span className={styles.mark} data-done="">
      <IconCheck size={13} stroke={3} role="img" aria-label={t('intake.sections.done')} />
    </span>
  )
}

function StepTrouble({ section }: StepProps) {
  const errors = useShownErrors()[section]
  if (!errors) return null
  return <span className={styles.trouble}>{t('intake.sections.errors', { count: errors })}</span>
}

function useCurrentSection(): Section {
  const { root } = useIntake()
  const [current, setCurrent] = useState<Section>('procedure')
  useEffect(() => {
    const form = root.current
    const handleFocus = (event: FocusEvent) => {
      const name = (event.target as Element).closest<HTMLElement>('[data-section]')?.dataset['section']
      const section = sections.find((one) => one === name)
      if (section) setCurrent(section)
    }
    form?.addEventListener('focusin', handleFocus)
    return () => form?.removeEventListener('focusin', handleFocus)
  }, [root])
  return current
}
