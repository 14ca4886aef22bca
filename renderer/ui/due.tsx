import type { DueWords } from '../text/format.ts'

/** A deadline: words first, colour and shape second (R20). */
export function Due({ words }: { readonly words: DueWords }) {
  return (
    <span className={`due due-${words.tone}`}>
      <i aria-hidden />
      {words.text}
    </span>
  )
}
