import type { FilterRule } from "#lib/applications/application";
import type { Subject } from "../decision";
import type { PathTally } from "./tally";
import type { Variety } from "./variety";

type Bounds = { readonly variety: Variety; readonly most: number; readonly many: string };

/** Requests that a filter rule recognised and only observed, added up by application, rule and who sent them. */
export class PathTallies {
  readonly all = new Map<string, PathTally>();

  /** Adds a request to each rule that recognised it. @returns for how many of them there was no room */
  add(subject: Subject, at: number, bounds: Bounds): number {
    let dropped = 0;
    for (const rule of subject.observedRules) if (!this.#addTo(rule, subject, at, bounds)) dropped += 1;
    return dropped;
  }

  #addTo(
    rule: FilterRule,
    { applicationKey, auth, tokenId, method, path }: Subject,
    at: number,
    bounds: Bounds,
  ): boolean {
    if (applicationKey === null || auth === null) return true;
    const place = `${applicationKey} ${rule} ${auth}`;
    const known = tokenId === null || bounds.variety.admits(`path ${place}`, tokenId);
    const token = tokenId === null ? "" : known ? tokenId : bounds.many;
    const key = `${place} ${token}`;
    const last = { lastAt: at, lastMethod: method, lastPath: path };
    const tally = this.all.get(key);
    if (tally !== undefined) {
      Object.assign(tally, last);
      tally.calls += 1;
      return true;
    }
    if (this.all.size >= bounds.most) return false;
    this.all.set(key, { applicationKey, rule, auth, tokenId: token, firstAt: at, calls: 1, ...last });
    return true;
  }
}
