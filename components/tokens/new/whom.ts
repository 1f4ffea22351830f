/** In whose eyes and name a token acts, in words. `holder` is the username of whom it is for; null: the reader's own. */
type Whose = string | null;

/** *what you can see*, *what bot can see* */
export const theySee = (holder: Whose): string => (holder === null ? "you" : holder);

/** *in your name*, *in the name of bot* */
export const inTheirName = (holder: Whose): string => (holder === null ? "in your name" : `in the name of ${holder}`);
