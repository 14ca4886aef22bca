import type { UserEvent } from '@testing-library/user-event'

export async function press(user: UserEvent, keys: string): Promise<void> {
  await user.keyboard(keys)
}

export async function ctrl(user: UserEvent, key: string): Promise<void> {
  await user.keyboard(`{Control>}${key}{/Control}`)
}

/** Types text whatever it holds: user-event reads braces and brackets as key names. */
export async function typeText(user: UserEvent, text: string): Promise<void> {
  await user.keyboard(text.replace(/[{[]/g, '$&$&'))
}

/**
 * Goes through the form with Enter, answering each field it lands on, until it reaches one that has no answer and is no
 * field of the declaration or the applicant. The test page has no native list, so a select takes its answer directly.
 */
export async function fillWithEnter(user: UserEvent, answers: Readonly<Record<string, string>>): Promise<string[]> {
  const visited: string[] = []
  for (let step = 0; step < 200; step += 1) {
    const field = document.activeElement
    const name = field?.getAttribute('name') ?? ''
    if (!/^(applicant|organisation|delegate|declaration)\//.test(name)) return visited
    visited.push(name)
    const answer = answers[name]
    if (answer !== undefined) {
      if (field instanceof HTMLSelectElement) await user.selectOptions(field, answer)
      else await typeText(user, answer)
    }
    await press(user, '{Enter}')
  }
  throw new Error(`never left the fields: ${visited.slice(-3).join(', ')}`)
}
