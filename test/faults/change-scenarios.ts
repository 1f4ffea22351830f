import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { removeMembers } from "#lib/groups/commands/remove-members";
import { editSettings } from "#lib/settings/commands/edit";
import { resumeToken } from "#lib/tokens/commands/resume";
import { suspendToken } from "#lib/tokens/commands/suspend";
import { deactivateUser } from "#lib/users/commands/deactivate";
import type { FaultHouse } from "./house";
import { first, type Scenario } from "./scenarios";
import type { Story } from "./story";

/** Changes something, and lets the story know. */
export type Act = (house: FaultHouse, story: Story) => Promise<void>;

/**
 * One verifier hears nothing any more, and is named as outstanding; what it goes on with it may not for long. Over only
 * when everybody says so: what is changed back at once has never been asked about.
 */
export const unheard =
  (act: Act): Scenario =>
  async (house, story) => {
    const post = first(house);
    await story.trouble(
      async () => {
        post.wire.hang("all");
        await act(house, story);
        post.wire.resume();
      },
      { at: post },
    );
    await story.settled();
  };

/** All hear of it as it happens. Over when everybody says so. */
export const heard =
  (act: Act): Scenario =>
  async (house, story) => {
    await act(house, story);
    await story.settled();
  };

const suspended: Act = ({ db }, story) =>
  story.change(() => execute(db, suspendToken, operator(), { id: story.victim.id }, Date.now()), 401);
const resumed: Act = ({ db }, story) =>
  story.change(() => execute(db, resumeToken, operator(), { id: story.victim.id }, Date.now()), 200);

/** Lets tokens be used from everywhere, or only from where nobody asks. */
export const settled =
  (ranges: readonly string[], to: 200 | 403): Act =>
  async ({ db }, story) => {
    const edit = async () => {
      const { version } = await db.settings.findFirstOrThrow({ select: { version: true } });
      return execute(db, editSettings, operator(), { version, ranges }, Date.now());
    };
    await story.changeAll(edit, to);
  };

/** What else may change than that a token is revoked, and what becomes good again: no false refusal either. */
export const CHANGES: Readonly<Record<string, Scenario>> = {
  "its owner is deactivated": unheard(({ db }, story) =>
    story.change(() => execute(db, deactivateUser, operator(), { id: story.victim.ownerId }, Date.now()), 401),
  ),
  "its owner leaves the group that lets it be used": unheard(async ({ db }, story) => {
    const { id } = await db.group.findFirstOrThrow({ where: { name: "api-users" } });
    const input = { id, users: [story.victim.owner] };
    await story.change(() => execute(db, removeMembers, operator(), input, Date.now()), 403);
  }),
  "a token is suspended, and resumed": async (house, story) => {
    await unheard(suspended)(house, story);
    await unheard(resumed)(house, story);
  },
  "the settings let nobody in from where they are, and everybody again": async (house, story) => {
    await unheard(settled(["198.51.100.0/24"], 403))(house, story);
    await unheard(settled([], 200))(house, story);
  },
  "a token is new": unheard((_house, story) => story.newcomer()),
};
