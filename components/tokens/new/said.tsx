import { createElement, Fragment, type ReactNode } from "react";
import type { Piece } from "./sentence";

const drawn = (piece: Piece): ReactNode => (piece.strong ? createElement("b", null, piece.text) : piece.text);

/** A sentence of pieces: what was chosen is strong. */
export function Said({ pieces }: { pieces: readonly Piece[] }) {
  return createElement(Fragment, null, ...pieces.map(drawn));
}
