"use client";
import { useId } from "react";
import type { Application, ApplicationKind } from "#lib/applications/application";
import { WITHOUT_WEB_SOCKET } from "#lib/gateways/tells";
import { FILTER_RULES, PATH_FILTER } from "#lib/verification/path-filter";
import { PACK_NAMES, READ_PACKS } from "#lib/verification/reads/packs";
import { fieldError, type Problem } from "../api/problem";
import { Disclosure } from "../ui/disclosure";
import { Field, FieldError } from "../ui/field";
import { Select } from "../ui/input";
import { Tick } from "../ui/tick";
import { MODES, plainText } from "./application-words";

type Props = {
  kind: ApplicationKind;
  application: Pick<Application, "readPacks" | "pathFilter" | "webSocket" | "preflight">;
  problem: Problem | null;
};

/** What requests may be: read packs, WebSocket, preflights, and the filter rules. */
export function RequestFields({ kind, application, problem }: Props) {
  const id = useId();
  const { readPacks, pathFilter, webSocket, preflight } = application;
  const packs = PACK_NAMES.filter((name) => READ_PACKS[name].kinds.includes(kind) || readPacks.includes(name));
  const wrongPack = fieldError(problem, "readPacks");
  const wrongRule = fieldError(problem, "pathFilter");
  return (
    <>
      {packs.length > 0 && (
        <fieldset className="grid gap-1.5" aria-describedby={wrongPack ? `${id}-packs` : undefined}>
          <legend className="mb-[5px] text-sm font-medium">Read packs: tokens also reach, or only read with</legend>
          {packs.map((name) => (
            <Tick
              key={name}
              name="readPacks"
              value={name}
              on={readPacks.includes(name)}
              hint={`Needed by ${plainText(READ_PACKS[name].client)}`}
            >
              {READ_PACKS[name].opens}
            </Tick>
          ))}
          {wrongPack && <FieldError id={`${id}-packs`}>{wrongPack}</FieldError>}
        </fieldset>
      )}
      <fieldset className="grid gap-1.5">
        <legend className="mb-[5px] text-sm font-medium">Unusual requests</legend>
        <Tick
          name="webSocket"
          on={webSocket}
          hint={`It counts as a write; what goes through it nobody judges. Behind ${WITHOUT_WEB_SOCKET} none opens`}
        >
          Tokens may open a WebSocket
        </Tick>
        <Tick
          name="preflight"
          on={preflight}
          hint="Browsers ask with OPTIONS, without a credential or cookie. Only where “No credential” is set to block"
        >
          CORS preflights pass
        </Tick>
      </fieldset>
      <Disclosure
        title="Path filter for tokens"
        open={wrongRule !== undefined || Object.keys(pathFilter).length > 0 || undefined}
      >
        <div className="grid gap-3 px-[18px] pb-4 desk:grid-cols-2">
          {FILTER_RULES.map((rule) => (
            <Field
              key={rule}
              id={`${id}-${rule}`}
              label={<span className="mono">{rule}</span>}
              error={fieldError(problem, `pathFilter.${rule}`)}
              hint={`${PATH_FILTER[rule].refuses} May hit: ${plainText(PATH_FILTER[rule].risk)}.`}
            >
              {(ties) => (
                <Select
                  {...ties}
                  name={`pathFilter.${rule}`}
                  defaultValue={pathFilter[rule] ?? PATH_FILTER[rule].preset}
                >
                  {Object.entries(MODES).map(([mode, words]) => (
                    <option key={mode} value={mode}>
                      {words}
                      {mode === PATH_FILTER[rule].preset && " (preset)"}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          ))}
        </div>
      </Disclosure>
    </>
  );
}
