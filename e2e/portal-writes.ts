import type { APIRequestContext } from "@playwright/test";
import { waitUntil } from "#test/upstreams/wait-until";

/** What somebody asked a portal to make, and what they were told; null where they never were. */
export type Creation = {
  readonly name: string;
  readonly told: { readonly id: string; readonly secret: string } | null;
};
export type Revocation = { readonly id: string; readonly secret: string; readonly told: boolean };

const AT_ONCE = 3;
const BODY = { applications: ["jira"], access: "read" };

/** People who make tokens and end them, without a pause, whatever becomes of the portal meanwhile. */
export class Writers {
  readonly creations: Creation[] = [];
  readonly revocations: Revocation[] = [];
  readonly #request: APIRequestContext;
  readonly #headers: { readonly origin: string };
  readonly #working: Promise<void>[];
  readonly #wrong: unknown[] = [];
  #answered = 0;
  #unanswered = 0;
  #isOver = false;

  constructor(request: APIRequestContext, portalUrl: string, name: string) {
    this.#request = request;
    this.#headers = { origin: portalUrl };
    this.#working = Array.from({ length: AT_ONCE }, (_, each) =>
      this.#work(`${name} ${each}`).catch((thrown: unknown) => void this.#wrong.push(thrown)),
    );
  }

  /** Waits until so many more have been answered. */
  async more(count: number): Promise<void> {
    const before = this.#answered;
    await waitUntil(
      `${count} more are answered`,
      () => this.#fine() && (this.#answered >= before + count || undefined),
      120_000,
    );
  }

  /** Waits until somebody else gets no answer, or is told that it cannot be done now. */
  async stuck(): Promise<void> {
    const before = this.#unanswered;
    await waitUntil("somebody cannot write", () => this.#fine() && (this.#unanswered > before || undefined), 60_000);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#working);
    this.#fine();
  }

  #fine(): true {
    if (this.#wrong.length > 0) throw this.#wrong[0];
    return true;
  }

  async #work(name: string): Promise<void> {
    for (let each = 0; !this.#isOver; each += 1) {
      const made = await this.#make(`${name} ${each}`);
      // Every other one is ended again, so that some are left.
      if (made.told !== null && each % 2 === 0) await this.#revoke(made.told);
    }
  }

  async #make(name: string): Promise<Creation> {
    const answer = await this.#post("tokens", { ...BODY, name });
    const told = answer === null ? null : { id: String(Object(answer.token).id), secret: String(answer.secret) };
    const made = { name, told };
    this.creations.push(made);
    return made;
  }

  async #revoke({ id, secret }: { id: string; secret: string }): Promise<void> {
    const answer = await this.#post(`tokens/${id}/revoke`, {});
    this.revocations.push({ id, secret, told: answer !== null });
  }

  /** @returns what was answered; null where nothing was, or that it cannot be done now */
  async #post(path: string, data: object): Promise<Record<string, unknown> | null> {
    const url = `/api/v1/${path}`;
    const answer = await this.#request.post(url, { headers: this.#headers, data }).catch(() => null);
    const body: Record<string, unknown> | null = (await answer?.json().catch(() => null)) ?? null;
    // Anything but what was done, 503 with its problem and a connection that was cut is wrong, whatever goes on.
    if (answer !== null && !answer.ok() && (answer.status() !== 503 || body?.code !== "unavailable")) {
      throw new Error(`${path}: ${answer.status()} ${JSON.stringify(body)}`);
    }
    if (answer?.ok() && body !== null) {
      this.#answered += 1;
      return body;
    }
    this.#unanswered += 1;
    await this.#back();
    return null;
  }

  async #back(): Promise<void> {
    const is = async () => {
      const answer = await this.#request.get("/api/v1/me").catch(() => null);
      if (answer?.status() === 500) throw new Error(`me: 500 ${await answer.text()}`);
      return answer?.ok() || undefined;
    };
    await waitUntil("the portal is back", is, 120_000);
  }
}
