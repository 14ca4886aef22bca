import { inspect } from 'node:util'

/** What each step of a client is given. */
export type Rounds = Readonly<Record<string, object>>

export interface Round {
  readonly step: string
  readonly input: object
}

export type Answered =
  | { readonly value: number; readonly failure?: undefined }
  | { readonly failure: string; readonly value?: undefined }

/** The client's end of `client-process.ts`: does what it is asked, step by step, until its parent lets go of it. */
export function answerRounds<R extends Rounds>(
  steps: {
    readonly [Step in keyof R]: (input: R[Step]) => Promise<number>
  },
): void {
  process.on('message', async ({ step, input }: Round) => {
    const run = steps[step] as (input: object) => Promise<number>
    const answered: Answered = await run(input).then(
      (value) => ({ value }),
      (cause: unknown) => ({ failure: inspect(cause) }),
    )
    process.send?.(answered)
  })
  process.once('disconnect', () => process.exit(0))
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}
