// caught by: nothing
export const width = window.innerWidth
