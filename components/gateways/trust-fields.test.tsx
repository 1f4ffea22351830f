import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import { GATEWAY_ADAPTERS, reportsList } from "#lib/gateways/gateway";
import { TrustFields } from "./trust-fields";

const TRUST = { trustedHops: 0, trustedRanges: [] };

test("proxies are asked for where a gateway tells a list, and elsewhere the page says who knows them", () => {
  for (const adapter of GATEWAY_ADAPTERS) {
    const drawn = html(<TrustFields adapter={adapter} trust={TRUST} problem={null} />);
    // What is hidden must not be sent either: the API refuses it.
    expect([adapter, /<fieldset disabled="" class="hidden">/.test(drawn)]).toEqual([adapter, !reportsList(adapter)]);
    expect([adapter, drawn.includes("nothing to set here")]).toEqual([adapter, !reportsList(adapter)]);
  }
  const nginx = html(<TrustFields adapter="nginx" trust={TRUST} problem={null} />);
  expect(nginx).toMatch(/set_real_ip_from and real_ip_header.*href="\/help#trusted-proxies"/s);
});
