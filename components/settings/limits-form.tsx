"use client";
import { useId } from "react";
import type { Enforcement } from "#lib/propagation/enforcement";
import type { SettingsView } from "#lib/settings/view";
import { FormError } from "../api/form-error";
import { fieldError, type Problem } from "../api/problem";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { BeforeItHolds } from "../lockout/before-it-holds";
import { useForeseen } from "../lockout/use-foreseen";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { LinesArea } from "../ui/lines-area";
import type { Reader } from "../ui/time-words";
import { RateField } from "./rate-field";
import { rangesFrom, rateFrom } from "./settings-words";

type Saved = SettingsView & { enforcement?: Enforcement };
type Settings = Pick<SettingsView, "ranges" | "ownerRate" | "failureRate" | "version">;

/** From where tokens pass at all, and how often. `address` is the browser's own, as the portal sees it. */
export function LimitsForm({ settings, address, reader }: { settings: Settings; address: string; reader: Reader }) {
  const { changed } = useSaved(reader);
  const foreseeing = useForeseen<Saved>();
  const { busy, problem, form, send } = foreseeing.submit;
  const save = (data: FormData) => {
    const ranges = rangesFrom(String(data.get("ranges") ?? ""));
    const rates = { ownerRate: rateFrom(data, "ownerRate"), failureRate: rateFrom(data, "failureRate") };
    const ask = () => request<Saved>("PATCH", "/api/v1/settings", { version: settings.version, ranges, ...rates });
    // Rates turn nobody away for good.
    if (ranges.join() === settings.ranges.join()) void send(ask, changed);
    else foreseeing.foresee({ draft: { change: "settings.ranges", ranges }, save: ask, done: changed });
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 p-4 desk:grid-cols-[minmax(0,1fr)_376px]">
      <form
        ref={form}
        className="grid max-w-[520px] gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save(new FormData(event.currentTarget));
        }}
      >
        <FormError problem={problem} shown={["ranges", "ownerRate", "failureRate"]} />
        <RangesField ranges={settings.ranges} address={address} problem={problem} />
        <RateField
          name="ownerRate"
          legend="All tokens of one owner together"
          hint="Beside the rate that each token has. Empty: not limited"
          rate={settings.ownerRate}
          problem={problem}
        />
        <RateField
          name="failureRate"
          legend="Failures of one address"
          hint="Secrets that are none; beyond, they are told to wait. Good tokens pass all the same. Empty: not counted"
          rate={settings.failureRate}
          problem={problem}
        />
        <div>
          <Button type="submit" busy={busy && "Saving …"}>
            Save limits
          </Button>
        </div>
      </form>
      <BeforeItHolds foreseeing={foreseeing} why="What stands here holds for every token." of="the limits" />
    </div>
  );
}

function RangesField({
  ranges,
  address,
  problem,
}: {
  ranges: readonly string[];
  address: string;
  problem: Problem | null;
}) {
  const id = useId();
  return (
    <Field
      id={id}
      label="Requests pass only from"
      optional
      error={fieldError(problem, "ranges")}
      hint={`Networks or ranges, one a line; everything else is refused at every gateway and at this API. Empty: from anywhere. You are at ${address}; signing in to these pages stays possible from anywhere`}
    >
      {(ties) => <LinesArea {...ties} name="ranges" lines={ranges} />}
    </Field>
  );
}
