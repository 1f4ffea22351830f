import { describe, expect, it } from "vitest";
import { EVENTS_CSV } from "./csv";
import { eventView } from "./view";

describe("an event as CSV", () => {
  it("has a field for each column, and a line of its own however many lines stand in it", () => {
    const line = EVENTS_CSV.line(
      eventView({
        ...{ seq: 7n, at: new Date(0), actorKind: "user", actorId: null, actorName: "=mara", action: "group.created" },
        ...{ subjectKind: "group", subjectId: null, subjectName: "a\nb", address: null },
        detail: { before: null, after: { name: 'x\n"y"' } },
      }),
    );
    expect(line.match(/"(?:[^"]|"")*"[,\r]/g)).toHaveLength(EVENTS_CSV.head.split(",").length);
    expect(line).toMatch(/^"7","1970-01-01T00:00:00\.000Z","user","'=mara","group\.created","group","","a\nb","",/);
    expect(line.endsWith("\r\n")).toBe(true);
    expect(line).toContain(String.raw`"{""name"":""x\n\""y\""""}"`);
  });
});
