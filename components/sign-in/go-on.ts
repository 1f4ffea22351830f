/**
 * Goes where somebody wanted to before they signed in. What stood after the `#` of their address came along to this page
 * and goes on with them: a claim link has its code there, which no server sees.
 * @param to a path of our own, as `returnPath` makes it
 * @param fragment of the address of this page, with its `#`
 */
export const onward = (to: string, fragment: string): string =>
  to.includes("#") || fragment.length > 300 ? to : to + fragment;

/** Loads the page anew, so that nothing of the visitor's stays in memory. */
export const goOn = (to: string): void => location.assign(onward(to, location.hash));
