import { Buffer } from "node:buffer";
import { redact } from "#lib/redaction";
import { isNamed } from "#lib/verification/header-name";

/** What a line says about the connection, about a body or about how to answer. */
export type Meaning = "host" | "no body" | "of the wire" | null;

/** One header line: as it came, with its end, and what it says. */
export type Line = {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly value: string;
  readonly meaning: Meaning;
};

/**
 * What gateways say alike of one request after the other. No line in which secrets belong: no credential, no cookie, no
 * target. It would be kept longer than it is needed, and comparing it would take as long as a guess is right.
 */
const SHARED = [
  ...["host", "user-agent", "accept", "accept-encoding", "accept-language", "connection", "content-length"],
  ...["x-original-method", "x-original-host", "x-original-proto", "x-real-ip"],
  ...["x-forwarded-method", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-for"],
];
const MOST_LINES = 32;
const LONGEST_BYTES = 512;
/** Most of what comes once does not come again: only so many requests teach. */
const TEACHES_EVERY = 64;

/**
 * Header lines that have come before, in the same place: they are not read again, but compared byte for byte, and their
 * text is not made again. Lines that are the same are so the same text to whoever compares them later on.
 */
export class KnownLines {
  readonly #known: (Line | undefined)[] = [];
  readonly #teachesEvery: number;
  #quiet = 0;

  constructor(teachesEvery = TEACHES_EVERY) {
    this.#teachesEvery = teachesEvery;
  }

  /** Begins with a request. @returns whether its lines are to be learnt */
  begin(): boolean {
    const teaches = this.#quiet === 0;
    this.#quiet = teaches ? this.#teachesEvery - 1 : this.#quiet - 1;
    return teaches;
  }

  /** The line that begins `at`, if it is the one that was learnt in this place. */
  find(place: number, bytes: Uint8Array, at: number): Line | null {
    const line = this.#known[place];
    if (line === undefined) return null;
    const { bytes: before } = line;
    for (let i = 0; i < before.length; i++) if (bytes[at + i] !== before[i]) return null;
    return line;
  }

  /** Learns a line that was read well, and in which nobody has put a secret. Its text is copied: a piece of another one would keep all of that, secrets too. */
  learn(place: number, { bytes, name, value, meaning }: Line): void {
    if (place >= MOST_LINES || bytes.length > LONGEST_BYTES || !SHARED.some((shared) => isNamed(name, shared))) return;
    if (redact(value) !== value) return;
    this.#known[place] = { bytes: Uint8Array.from(bytes), name: copyOf(name), value: copyOf(value), meaning };
  }
}

const copyOf = (text: string): string => Buffer.from(text, "latin1").toString("latin1");
