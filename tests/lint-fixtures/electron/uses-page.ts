// caught by: tsc TS2584
export const where = document.title
