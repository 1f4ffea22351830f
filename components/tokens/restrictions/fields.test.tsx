import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import { RestrictionFields } from "./fields";
import { nothingTyped } from "./typed";

test("who asks for a header is told behind which gateways it holds only once an administrator has seen to it", () => {
  const drawn = html(
    <RestrictionFields typed={nothingTyped("UTC")} change={() => {}} error={() => undefined} rateHint="" />,
  );
  expect(drawn).toMatch(/Behind Envoy by HTTP, Istio, Traefik and APISIX an administrator must put .* in place anew/);
});
