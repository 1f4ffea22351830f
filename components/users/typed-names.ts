/** Names as somebody types or pastes them into a box: one a line, or with commas between. */
export const typedNames = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((each) => each.trim())
    .filter((each) => each !== "");
