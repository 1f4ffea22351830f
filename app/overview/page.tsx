import type { Metadata } from "next";
import { PageHead } from "#components/ui/page-head";
import { longDayOf } from "#components/ui/time-words";
import { now } from "#lib/clock";
import { findOverview } from "#lib/overview/queries";
import { findOwnOverview } from "#lib/overview/queries-own";
import { readReader } from "../reader";
import { signedInPage } from "../signed-in-page";
import { Own } from "./own";
import { Whole } from "./whole";

export const metadata: Metadata = { title: "Overview" };

const NEEDS = ["Nothing needs you.", "One thing needs you, the rest is quiet."];

export default signedInPage({
  path: "/overview",
  may: "everybody",
  find: async ({ viewer }) => {
    const whole = await findOverview(viewer, now());
    if (whole !== null) return { whole, waits: whole.waits.length };
    const own = await findOwnOverview(viewer, now());
    return own && { own, waits: own.waits.length };
  },
  here: "overview",
  draw: async ({ found }) => {
    const reader = await readReader();
    const needs = NEEDS[found.waits] ?? `${found.waits} things need you, the rest is quiet.`;
    return (
      <>
        <PageHead title="Overview" sentence={`${longDayOf(reader.now, reader)}. ${needs}`} help="/help#overview" />
        {"whole" in found ? <Whole found={found.whole} reader={reader} /> : <Own found={found.own} reader={reader} />}
      </>
    );
  },
});
