/** A sentence in which code stands between backticks, as descriptions of APIs write it. */
export function Said({ text }: { text: string }) {
  let at = 0;
  return text.split("`").map((piece, index) => {
    at += piece.length + 1;
    return index % 2 === 1 ? <code key={at}>{piece}</code> : piece;
  });
}
