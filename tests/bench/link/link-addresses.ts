/** The district's end, as the desk's side of the emulated line sees it. */
export const farAddress = '10.231.9.1'
