import styles from './form.module.css'
import type { FieldBinding } from './use-field.ts'

const order: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

/** What every input shows around itself: what to do under it, in the order a reader meets it. */
export function wrapperProps(binding: FieldBinding, hint?: string) {
  const { problem, remark, scanned } = binding
  return {
    inputWrapperOrder: order,
    error: problem,
    description: problem ? undefined : (remark ?? hint),
    classNames: {
      description: remark ? styles.remark : undefined,
      input: scanned && !problem ? styles.scanned : undefined,
    },
    spellCheck: false,
    autoComplete: 'off',
  }
}
