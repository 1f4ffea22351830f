const [UPPER_A, UPPER_Z, TO_LOWER, UNDERSCORE, HYPHEN] = [65, 90, 32, 95, 45];

const folded = (code: number): number => (code >= UPPER_A && code <= UPPER_Z ? code + TO_LOWER : code);

/**
 * Whether a header's name is `name` in any case (RFC 9110 §5.1: ASCII, so nothing else folds). Makes no text: this is
 * asked some hundred times for each request.
 * @param name in lower case
 */
export function isNamed(said: string, name: string): boolean {
  if (said.length !== name.length) return false;
  for (let at = 0; at < name.length; at++) {
    if (folded(said.charCodeAt(at)) !== name.charCodeAt(at)) return false;
  }
  return true;
}

/** The same for who takes an underscore for a hyphen: CGI and its heirs. @param name in lower case, without underscores */
export function isNamedToCgi(said: string, name: string): boolean {
  if (said.length !== name.length) return false;
  for (let at = 0; at < name.length; at++) {
    const code = said.charCodeAt(at);
    if ((code === UNDERSCORE ? HYPHEN : folded(code)) !== name.charCodeAt(at)) return false;
  }
  return true;
}
