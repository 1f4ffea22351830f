"use client";
import { Fragment } from "react";
import type { ApplicationKind, IdentityMode } from "#lib/applications/application";
import { presetRules } from "#lib/applications/rules";
import type { ApplicationView } from "#lib/applications/view";
import type { Problem } from "../api/problem";
import { ExceptionFields } from "./exception-fields";
import { RuleFields } from "./rule-fields";

type Props = {
  application: ApplicationView;
  /** The same as it was when the form was drawn: that it is saved draws nothing anew under somebody who types on. */
  drawn?: ApplicationView;
  /** As chosen in the form just now. */
  kind: ApplicationKind;
  identity: IdentityMode;
  problem: Problem | null;
};

const blocks = (rules: ApplicationView["rules"]) => rules.password === "block";

/**
 * Rules and exceptions for what is not ours. What passed before, by rule or by exception, must not go on passing unseen
 * where nothing behind the gateway asks any more: then both begin anew.
 */
export function UnownedFields({ application, drawn = application, kind, identity, problem }: Props) {
  const preset = presetRules(kind, identity);
  const tightened = blocks(preset) && !blocks(presetRules(drawn.kind, drawn.identity));
  return (
    <Fragment key={String(tightened)}>
      <RuleFields rules={tightened ? preset : application.rules} tightened={tightened} problem={problem} />
      <ExceptionFields exceptions={tightened ? {} : application.exceptions} problem={problem} />
    </Fragment>
  );
}
