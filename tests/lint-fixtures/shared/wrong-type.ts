// caught by: tsc TS2322
export const count: number = 'five'
