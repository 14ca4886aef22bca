// caught by: knip files
export const alone = 1
