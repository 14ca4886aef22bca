// caught by: biome lint/correctness/noUndeclaredDependencies
import chalk from 'chalk'

export const red = chalk.red
