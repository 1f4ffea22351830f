import type { Access, Applications } from "#lib/policies/limits";
import { dayAndYearOf, type Reader } from "../../ui/time-words";
import { type ApplicationName, applicationWords, listWords } from "../token-words";
import { theySee } from "./whom";

/** A piece of a sentence; strong ones are what was chosen. */
export type Piece = { readonly text: string; readonly strong?: true };

/** What a token is, or is going to be, as far as one sentence tells. `expiresAt` epoch ms, null = never, undefined = open. */
export type Told = {
  /** The username of whom it is for; left out or null, the reader's own. */
  readonly holder?: string | null;
  readonly name: string;
  readonly applications: Applications;
  readonly access: Access;
  /** Empty = anywhere, null = not said yet. */
  readonly ipRanges: readonly string[] | null;
  readonly networks: readonly string[];
  readonly expiresAt: number | null | undefined;
};

const strong = (text: string): Piece => ({ text, strong: true });
const plain = (text: string): Piece => ({ text });

/** *Nightly release notes may only read what you can see in Jira, from the network ci, until 18 Feb 2027.* */
export function tokenSentence(told: Told, known: readonly ApplicationName[], reader: Reader): readonly Piece[] {
  const where = where_(told.applications, known);
  const who = theySee(told.holder ?? null);
  const may =
    told.access === "read"
      ? [strong("only read"), plain(` what ${who} can see in `), strong(where)]
      : [strong("read and change"), plain(` everything ${who} can in `), strong(where)];
  return [
    strong(told.name.trim() || "This token"),
    plain(" may "),
    ...may,
    ...from(told),
    ...ends(told, reader),
    plain("."),
  ];
}

/** The short form for a bar: *Only read in Jira, from ci, until 18 Feb 2027.* */
export function shortSentence(told: Told, known: readonly ApplicationName[], reader: Reader): readonly Piece[] {
  const may = strong(told.access === "read" ? "Only read" : "Read and change");
  return [may, plain(" in "), strong(where_(told.applications, known)), ...from(told), ...ends(told, reader)];
}

function where_(applications: Applications, known: readonly ApplicationName[]): string {
  if (applications === "all") return "all applications";
  return applications.length === 0 ? "an application" : applicationWords(applications, known);
}

function from({ ipRanges, networks }: Told): readonly Piece[] {
  if (ipRanges === null) return [];
  if (ipRanges.length === 0) return [plain(", from "), strong("anywhere")];
  const named = ipRanges.filter((range) => networks.includes(range));
  const rest = ipRanges.length - named.length;
  if (rest === 0)
    return [plain(named.length === 1 ? ", from the network " : ", from the networks "), strong(listWords(named, "or"))];
  const ranges = rest === 1 ? (ipRanges.find((range) => !named.includes(range)) ?? "") : `${rest} address ranges`;
  return [plain(", from "), strong(listWords([...named, ranges], "or"))];
}

function ends({ expiresAt }: Told, reader: Reader): readonly Piece[] {
  if (expiresAt === undefined) return [];
  if (expiresAt === null) return [plain(", and "), strong("never ends")];
  // a date is one word: it does not break
  return [plain(", until "), strong(dayAndYearOf(expiresAt, reader).replaceAll(" ", "\u00a0"))];
}

export const textOf = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join("");
