// caught by: biome format
export const  words = "double quotes";
