import type { Subject } from "../decision";
import type { PathTally } from "./tally";
import type { Variety } from "./variety";

type Bounds = { readonly variety: Variety; readonly most: number; readonly many: string };

/** Requests that a filter rule recognised and only observed, added up by application, rule and who sent them. */
export class PathTallies {
  readonly all = new Map<string, PathTally>();

  /** @returns whether there was room for it */
  add({ applicationKey, observedRule, auth, tokenId, method, path }: Subject, at: number, bounds: Bounds): boolean {
    if (observedRule === null || applicationKey === null || auth === null) return true;
    const place = `${applicationKey} ${observedRule} ${auth}`;
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
    this.all.set(key, { applicationKey, rule: observedRule, auth, tokenId: token, firstAt: at, calls: 1, ...last });
    return true;
  }
}
