"use client";
import { useRouter } from "next/navigation";
import { useId } from "react";
import type { GatewayView } from "#lib/gateways/view";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Field } from "../ui/field";
import { Select } from "../ui/input";

type Props = {
  applicationKey: string;
  gateways: readonly Pick<GatewayView, "id" | "key" | "version" | "applications">[];
};

/** Lets a gateway that there is ask about this application too, or leads to making one. */
export function AttachGateway({ applicationKey, gateways }: Props) {
  const id = useId();
  const { refresh } = useRouter();
  const { busy, problem, form, send } = useSubmit();
  const make = (
    <ButtonLink
      look={gateways.length === 0 ? "primary" : "secondary"}
      href={`/admin/gateways/new?application=${encodeURIComponent(applicationKey)}`}
    >
      Make a gateway
    </ButtonLink>
  );
  if (gateways.length === 0) return make;
  return (
    <form
      ref={form}
      className="grid max-w-[520px] gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = gateways.find((each) => each.id === new FormData(event.currentTarget).get("gateway"));
        if (!chosen) return;
        const applications = [...chosen.applications, applicationKey];
        void send(
          () => request("PATCH", `/api/v1/gateways/${chosen.id}`, { version: chosen.version, applications }),
          () => refresh(),
        );
      }}
    >
      <FormError problem={problem} shown={[]} />
      <Field id={id} label="A gateway that there is">
        {(ties) => (
          <Select {...ties} name="gateway">
            {gateways.map((each) => (
              <option key={each.id} value={each.id}>
                {each.key}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy && "Adding …"}>
          Let it ask about this application
        </Button>
        {make}
      </div>
    </form>
  );
}
