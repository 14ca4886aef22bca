import type { Dossier } from '../../../shared/domain/dossier.ts'
import { t } from '../../text/t.ts'

const steps = ['receive', 'process', 'finish', 'handOver'] as const
const reached = { received: 1, 'in-processing': 1, finished: 3, 'handed-over': 4 } as const

/** How far the dossier is, as bar and words; processing is lit only once somebody took it up. */
export function StepsCard({ dossier }: { readonly dossier: Dossier }) {
  const { status } = dossier.state
  if (status === 'refused') return null
  const done = reached[status]
  return (
    <ol className="card pad steps" aria-label={t('dossier.steps')}>
      {steps.map((step, index) => {
        const kind = index < done ? 'done' : index === done && status !== 'received' ? 'now' : 'later'
        return (
          <li key={step} className={`step-${kind}`} aria-current={kind === 'now' ? 'step' : undefined}>
            <span className="step-bar" aria-hidden />
            {t(`dossier.step.${step}`)}
            <span className="visually-hidden">{wordsOf(kind)}</span>
          </li>
        )
      })}
    </ol>
  )
}

function wordsOf(kind: 'done' | 'now' | 'later'): string {
  if (kind === 'done') return t('dossier.stepDone')
  return kind === 'now' ? t('dossier.stepNow') : ''
}
