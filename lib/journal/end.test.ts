import { describe, expect, test } from "vitest";
import { type End, sumUp } from "./end";

const NOTHING = { end: [], stop: [], deactivate: [], look: [] };
const said = (what: End["what"], id: string | null = "a", action = "x.y"): End => ({ what, id, action });

describe("what is left to do after all that ended", () => {
  test.each<[string, End[], object]>([
    ["nothing has", [], {}],
    ["a token was revoked", [said("end")], { end: ["a"] }],
    ["one was suspended, and goes on", [said("stop"), said("go-on")], {}],
    ["one goes on, and was suspended again", [said("stop"), said("go-on"), said("stop")], { stop: ["a"] }],
    ["one was suspended, then revoked", [said("stop"), said("end")], { end: ["a"] }],
    ["a revoked one is said to go on: what ended stays ended", [said("end"), said("go-on")], { end: ["a"] }],
    ["one became narrower: to what is not known here, so it stops", [said("narrow")], { stop: ["a"] }],
    [
      "a narrower one was suspended and resumed: it is narrower still",
      [said("narrow"), said("go-on")],
      { stop: ["a"] },
    ],
    ["somebody left and came back", [said("deactivate"), said("reactivate")], {}],
    ["somebody came back and left", [said("reactivate"), said("deactivate")], { deactivate: ["a"] }],
    [
      "a tier was changed twice: a person looks at it once",
      [said("look"), said("look")],
      { look: [{ action: "x.y", id: "a" }] },
    ],
    ["nobody knows what it was about", [said("end", null)], { look: [{ action: "x.y", id: null }] }],
  ])("%s", (_what, ends, left) => {
    expect(sumUp(ends)).toEqual({ ...NOTHING, ...left });
  });
});
