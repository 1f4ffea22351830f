import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import { OldConfiguration, OldGateways } from "./handed-on-note";

const READER = { now: Date.parse("2026-06-01T12:00:00Z"), zone: "UTC" };
const HANDED_ON = { gateways: ["gw1", "gw2"], applications: ["jira"], lastAt: "2026-06-01T11:00:00.000Z" };

test("where tokens were refused for an old configuration, both pages say of what, since when and what to do", () => {
  const gateway = html(<OldConfiguration handedOn={HANDED_ON} reader={READER} />);
  expect(gateway).toMatch(/an old one.*jira.*11:00.*href="#configuration"/);
  const application = html(
    <OldGateways handedOn={HANDED_ON} reader={READER} connect="/admin/applications/1/connect" />,
  );
  expect(application).toMatch(/gw1, gw2.*an old one.*11:00.*href="\/admin\/applications\/1\/connect"/);
});

test("where none was, neither page says anything", () => {
  expect(html(<OldConfiguration handedOn={null} reader={READER} />)).toBe("");
  expect(html(<OldGateways handedOn={null} reader={READER} connect="/x" />)).toBe("");
});
