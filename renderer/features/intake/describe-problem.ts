import { type TextKey, t } from '../../text/t.ts'
import type { IntakeProblem, RemarkCode } from './check-intake.ts'

/** What to do about a problem, in words: "Thiếu số: cần 10 chữ số, mới có 9". */
export function describeProblem({ detail }: IntakeProblem): string {
  const { code, ...values } = detail
  const key = `intake.problems.${code}` satisfies string
  return t(key as TextKey, values as Record<string, string | number>)
}

export function describeRemark(code: RemarkCode): string {
  return t(`intake.remarks.${code}`)
}
