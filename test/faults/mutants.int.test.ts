import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildVerifier } from "#test/verifier-program";
import { FaultHouse } from "./house";
import { MUTANTS, type Mutant, SLOW_MUTANTS, storyOf } from "./mutants";
import { Story } from "./story";

let house: FaultHouse;
beforeAll(async () => {
  house = await FaultHouse.open([]);
});
afterAll(() => house.close());

const ALL = { ...MUTANTS, ...(Number(process.env.FAULTS_REPEATED ?? 1) > 1 ? SLOW_MUTANTS : {}) };

/** A story needs its moment: where the machine missed it, it is told again. */
const TURNS = 5;
const MOST_TURNS = 15;

/** What was found, but held against a machine that was busy, was not missed: then it is told again while there is time. */
async function played(mutant: Mutant): Promise<string[]> {
  for (let [missed, told] = [0, 0]; missed < TURNS && told < MOST_TURNS; told += 1) {
    const story = await Story.begin(house);
    await storyOf(mutant)(house, story);
    const wrong = await story.end();
    if (wrong.length > 0) return wrong;
    if (!story.heldAgainstMachine.some((each) => mutant.found.test(each))) missed += 1;
  }
  return [];
}

/** What faults.int.test.ts plays finds a mistake where there is one: a real process that makes it is caught. */
describe("the stories of faults, and their oracle, find a verifier", () => {
  test.each(Object.entries(ALL))("%s", { timeout: 240_000 }, async (_what, mutant) => {
    const program = await buildVerifier(mutant.replaced);
    const uproot = await mutant.plant?.(house);
    const post = await house.addPost("mutant", { program });
    try {
      const wrong = await played(mutant);
      expect(wrong.join("\n")).toMatch(mutant.found);
      // A busy machine makes a 503 or two, which are no matter here.
      expect(wrong.filter((each) => !mutant.found.test(each) && !/said 503/.test(each))).toEqual([]);
    } finally {
      await house.removePost(post);
      await uproot?.();
      await program.close();
    }
  });
});
