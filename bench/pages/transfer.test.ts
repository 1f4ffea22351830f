import { expect, test } from "vitest";
import { heaviest, weigh } from "./transfer";

test("what a page weighs is what came over the network, and of that its scripts", () => {
  const came = [
    { kind: "Document", bytes: 9_000 },
    { kind: "Script", bytes: 40_000 },
    { kind: "Stylesheet", bytes: 7_000 },
    { kind: "Script", bytes: 2_000 },
  ];
  expect(weigh(came)).toEqual({ scripts: 42_000, all: 58_000 });
  expect(weigh([])).toEqual({ scripts: 0, all: 0 });
});

test("the heaviest pages are those with most script, whatever else they bring", () => {
  const page = (path: string, scripts: number, all: number) => ({ path, weight: { scripts, all } });
  const pages = [page("/little", 1, 900), page("/most", 30, 30), page("/more", 20, 21), page("/some", 10, 500)];
  expect(heaviest(pages, 2).map(({ path }) => path)).toEqual(["/most", "/more"]);
  expect(heaviest(pages, 9)).toHaveLength(4);
});
