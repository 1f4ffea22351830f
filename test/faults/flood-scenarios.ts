import { newSecret } from "#lib/tokens/secret";
import { askPlane } from "#test/plane";
import { waitUntil } from "#test/upstreams/wait-until";
import type { Post } from "./house";
import { first, type Scenario } from "./scenarios";

const CALLERS = 2;
const MANY = 100;

const anyByte = (): number => Math.floor(Math.random() * 256);

/** Well-formed secrets of nobody, each from another address, as fast as they are answered: every one is looked up. */
class Flood {
  readonly #post: Post;
  readonly #asking: Promise<void>[];
  #answered = 0;
  #isOver = false;
  /** What ended it before its time. */
  #failed: unknown = null;

  constructor(post: Post) {
    this.#post = post;
    this.#asking = Array.from({ length: CALLERS }, () =>
      this.#ask().catch((error: unknown) => {
        this.#isOver = true;
        this.#failed ??= error;
      }),
    );
  }

  async more(): Promise<void> {
    const before = this.#answered;
    await waitUntil("the flood goes on", () => this.#isOver || this.#answered >= before + MANY || undefined, 60_000);
    if (this.#failed !== null) throw this.#failed;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#asking);
    if (this.#failed !== null) throw this.#failed;
  }

  async #ask(): Promise<void> {
    while (!this.#isOver) {
      const from = `10.${anyByte()}.${anyByte()}.${anyByte()}`;
      const some = { "X-Real-IP": from, Authorization: `Bearer ${newSecret()}` };
      const { status } = await askPlane(this.#post.process.port, some);
      if (status !== 401 && status !== 503) throw new Error(`Nobody's secret was answered ${status}`);
      this.#answered += 1;
    }
  }
}

/** What goes on while somebody guesses: who is known is never refused, and who is new need not wait for it to end. */
export const FLOODS: Readonly<Record<string, Scenario>> = {
  "is flooded with secrets of nobody while a token is made and another revoked": async (house, story) => {
    const flood = new Flood(first(house));
    try {
      await flood.more();
      await story.newcomer();
      await story.settled();
      await story.revoke();
      await story.settled();
      await flood.more();
    } finally {
      await flood.end();
    }
  },
};
