/** npm runs scripts from the project's folder; the bundled program lies elsewhere. */
export const root = process.cwd()
