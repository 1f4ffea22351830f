/**
 * Takes the one-time code out of the address bar: it came in the fragment, which no server and no log ever sees, and
 * must not stay in the history either. Once at once, and once when the page's router listens: it would put the address
 * back that it began with at its next change.
 */
export function takeCode(): string | null {
  const code = codeOf(location.hash);
  if (code !== null) {
    history.replaceState(history.state, "", location.pathname);
    setTimeout(() => history.replaceState(null, "", location.pathname));
  }
  return code;
}

/** The code of a fragment, null if there is none or it cannot be one. */
export function codeOf(fragment: string): string | null {
  const code = fragment.replace(/^#/, "");
  return /^[\w-]{8,200}$/.test(code) ? code : null;
}
