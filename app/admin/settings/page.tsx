import type { Metadata } from "next";
import { KeepTyped } from "#components/api/keep-typed";
import { QuarantineCard } from "#components/quarantine/quarantine-card";
import { CeilingsForm } from "#components/settings/ceilings-form";
import { KeyCard } from "#components/settings/key-card";
import { LimitsForm } from "#components/settings/limits-form";
import { PrefixForm } from "#components/settings/prefix-form";
import { SettingsFacts } from "#components/settings/settings-facts";
import { Card, CardHead } from "#components/ui/card";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { findQuarantine } from "#lib/journal/queries";
import { readKeys } from "#lib/keys/queries";
import { findSettings } from "#lib/settings/queries";
import { readReader } from "../../reader";
import { signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Settings" };

export default signedInPage({
  path: "/admin/settings",
  may: "settings.read",
  find: ({ viewer }) => findSettings(viewer),
  here: "settings",
  draw: async ({ viewer, found }) => {
    const { settings, retired, applications } = found;
    const [reader, quarantine, keys] = await Promise.all([readReader(), findQuarantine(viewer), readKeys(viewer)]);
    const mayWrite = can(viewer, "settings.write");
    const { version, ceiling, ranges, ownerRate, failureRate, tokenPrefix } = settings;
    return (
      <>
        <PageHead
          title="Settings"
          sentence="What holds for the whole installation, above every tier and delegation."
          help="/help#settings"
        />
        {quarantine !== null && (
          <div className="mb-6">
            <QuarantineCard quarantine={quarantine} mayEnd={mayWrite} reader={reader} />
          </div>
        )}
        {mayWrite ? (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <section aria-labelledby="ceilings">
              <h2 id="ceilings" className="mb-1">
                Ceilings
              </h2>
              <p className="mb-3 max-w-[640px] text-pretty text-sm text-fg-2">
                They only take away, whoever made the token and by whatever rule. What is left empty is not limited.
              </p>
              <KeepTyped of={{ version, ceiling }}>
                <CeilingsForm settings={settings} offered={{ applications }} reader={reader} />
              </KeepTyped>
            </section>
            <Card aria-labelledby="limits">
              <CardHead id="limits">Whence, and how often</CardHead>
              <KeepTyped of={{ version, ranges, ownerRate, failureRate }}>
                <LimitsForm settings={settings} address={viewer.address} reader={reader} />
              </KeepTyped>
            </Card>
            <Card aria-labelledby="secrets">
              <CardHead id="secrets">Secrets</CardHead>
              <KeepTyped of={{ version, tokenPrefix }}>
                <PrefixForm settings={settings} retired={retired} reader={reader} />
              </KeepTyped>
            </Card>
          </div>
        ) : (
          <SettingsFacts found={found} />
        )}
        {keys.ok && (
          <div className="mt-6">
            <KeyCard keys={keys.value.items} reader={reader} />
          </div>
        )}
      </>
    );
  },
});
