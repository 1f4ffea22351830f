"use client";
import { useState } from "react";
import type { ApplicationView } from "#lib/applications/view";
import type { Enforcement } from "#lib/propagation/enforcement";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { BeforeItHolds } from "../lockout/before-it-holds";
import { useForeseen } from "../lockout/use-foreseen";
import { Button } from "../ui/button";
import type { Reader } from "../ui/time-words";
import { IdentityField } from "./identity-field";
import { RequestFields } from "./request-fields";
import { TokenFields } from "./token-fields";
import { SHOWN_FIELDS, typedApplication } from "./typed";
import { UnownedFields } from "./unowned-fields";
import { WhatFields } from "./what-fields";

/** Changes an application: everything but its key. The form states every rule and exception, so none is carried over unseen. */
export function EditApplication({ application, reader }: { application: ApplicationView; reader: Reader }) {
  const { changed } = useSaved(reader);
  const [drawn] = useState(application);
  const [kind, setKind] = useState(application.kind);
  const [identity, setIdentity] = useState(application.identity);
  const [hasPlugin, setPlugin] = useState(["header", "jwt"].includes(application.identity));
  const foreseeing = useForeseen<{ enforcement?: Enforcement }>();
  const { busy, problem, form } = foreseeing.submit;
  const save = (wished: ReturnType<typeof typedApplication>) =>
    foreseeing.foresee({
      draft: { change: "application.edit", id: application.id, ...wished },
      save: () =>
        request("PATCH", `/api/v1/applications/${application.id}`, { ...wished, version: application.version }),
      done: changed,
    });
  return (
    <div className="grid gap-5">
      <form
        ref={form}
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          save(typedApplication(new FormData(event.currentTarget)));
        }}
      >
        <FormError problem={problem} shown={SHOWN_FIELDS} />
        <WhatFields
          name={application.name}
          kind={kind}
          routes={application.routes}
          onKind={setKind}
          problem={problem}
        />
        <IdentityField
          kind={kind}
          identity={identity}
          hasPlugin={hasPlugin}
          onChange={setIdentity}
          onPlugin={setPlugin}
          problem={problem}
        />
        <UnownedFields application={application} drawn={drawn} kind={kind} identity={identity} problem={problem} />
        <TokenFields application={application} problem={problem} />
        <RequestFields kind={kind} application={application} problem={problem} />
        <div className="flex max-desk:*:flex-1">
          <Button type="submit" look="primary" busy={busy && "Saving …"}>
            Save
          </Button>
        </div>
      </form>
      <BeforeItHolds foreseeing={foreseeing} why="What stands here decides who passes." />
    </div>
  );
}
