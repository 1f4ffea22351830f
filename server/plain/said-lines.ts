import { Buffer } from "node:buffer";
import { validateHeaderName, validateHeaderValue } from "node:http";

/** What answers say alike, one after the other: nothing in which a secret can be, and nothing that is another each time. */
const ALIKE: ReadonlySet<string> = new Set([
  ...["Content-Length", "Content-Type", "Cache-Control", "WWW-Authenticate", "Retry-After"],
  ...["X-Latchkey-Auth", "X-Latchkey-User", "X-Latchkey-User-Id", "X-Latchkey-Groups", "X-Latchkey-Access"],
]);
const LONGEST = 512;
const MOST_NAMES = 200;
/** Most of what is said once is not said again at once: only so many answers teach. */
const TEACHES_EVERY = 64;

/** A name that may stand in an answer: how its lines begin, and of which value the whole line is known. */
type Said = { readonly beginning: string; value: string; line: string };

/**
 * Header lines of answers. A line that was said before is not checked and put together again, and each name is checked
 * once: gateways are told much the same, one time after the other.
 */
export class SaidLines {
  readonly #names = new Map<string, Said>();
  readonly #teachesEvery: number;
  #quiet = 0;
  #teaches = false;

  constructor(teachesEvery = TEACHES_EVERY) {
    this.#teachesEvery = teachesEvery;
  }

  /** Begins with an answer. */
  begin(): void {
    this.#teaches = this.#quiet === 0;
    this.#quiet = this.#teaches ? this.#teachesEvery - 1 : this.#quiet - 1;
  }

  /** A header line, with the end of the line before it. Throws what node:http throws where it cannot stand in an answer. */
  lineOf(name: string, value: string): string {
    const said = this.#of(name);
    if (value === said.value) return said.line;
    if (value !== "") validateHeaderValue(name, value);
    const line = said.beginning + value;
    if (this.#teaches && ALIKE.has(name) && line.length <= LONGEST) {
      said.line = copyOf(line);
      said.value = copyOf(value);
    }
    return line;
  }

  /** What is kept of values. */
  get values(): readonly string[] {
    return [...this.#names.values()].map(({ value }) => value).filter((value) => value !== "");
  }

  #of(name: string): Said {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    validateHeaderName(name);
    const beginning = `\r\n${name}: `;
    const said = { beginning, value: "", line: beginning };
    if (this.#names.size < MOST_NAMES) this.#names.set(name, said);
    return said;
  }
}

/** A piece of another text would keep all of that. */
const copyOf = (text: string): string => Buffer.from(text, "latin1").toString("latin1");
