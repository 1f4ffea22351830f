/** A word for POSIX shells: single quotes, in which nothing but the quote itself means anything (POSIX 2.2.2). */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A string of PowerShell: single quotes doubled; the typographic ones count as quotes there too. */
export const powershellString = (text: string): string => `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;

/** A string for Python and JavaScript alike: JSON's escapes mean the same in both (RFC 8259; Python 2.4.1.1). */
export const codeString = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The user part of a URL: percent-encoded, also what encodeURIComponent leaves and a shell would read. */
export const urlUser = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*~]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );

/** A value in a `.env` file: plain where it can be, else single-quoted; line breaks cannot be. */
export const envValue = (text: string): string => {
  const line = text.replace(/[\r\n]+/g, " ");
  return /^[\w.@:/+-]*$/.test(line) ? line : `'${line.replaceAll("'", "'\\''")}'`;
};
