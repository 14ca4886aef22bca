/** One run at a time; a call during a run makes one more run after it. */
export function queueRuns(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let again = false

  async function runUntilQuiet(): Promise<void> {
    do {
      again = false
      await run()
    } while (again)
  }

  return () => {
    if (running) {
      again = true
      return running
    }
    running = runUntilQuiet().finally(() => {
      running = undefined
    })
    return running
  }
}
