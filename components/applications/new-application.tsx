"use client";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import type { ApplicationKind, IdentityMode } from "#lib/applications/application";
import { presetRules } from "#lib/applications/rules";
import type { ApplicationView } from "#lib/applications/view";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { typedRoutes } from "./application-words";
import { FewNeed } from "./few-need";
import { HostsField } from "./hosts-field";
import { IdentityField } from "./identity-field";
import { KindField } from "./kind-field";
import { RuleFields } from "./rule-fields";
import { Steps } from "./steps";
import { SHOWN_FIELDS, typedNew } from "./typed";
import { useStepFocus } from "./use-step-focus";
import { STEPS, stepOfProblem, suggestedKey, suggestedName } from "./wizard-steps";

const LAST = 3;
const SHOWN = ["key", ...SHOWN_FIELDS];

/** Makes an application, question by question; then goes on to its configuration. Nothing typed is lost on the way. */
export function NewApplication() {
  const id = useId();
  const { push } = useRouter();
  const [step, setStep] = useState(0);
  const [typedName, setName] = useState<string | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const [kind, setKind] = useState<ApplicationKind>("jira");
  const name = typedName ?? suggestedName(kind);
  const [identity, setIdentity] = useState<IdentityMode>("none");
  const [hasPlugin, setPlugin] = useState(false);
  const [hosts, setHosts] = useState("");
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  useStepFocus(form, step);
  const ready = [name.trim() !== "", typedRoutes(hosts).length > 0, true, true][step];
  const page = (at: number) => ({ hidden: step !== at, className: "grid gap-4" });
  const create = (data: FormData) =>
    send<ApplicationView>(
      async () => {
        const answer = await request<ApplicationView>("POST", "/api/v1/applications", typedNew(data));
        if (!answer.ok) setStep(stepOfProblem(Object.keys(answer.problem.fields)) ?? LAST);
        return answer;
      },
      (made) => push(`/admin/applications/${made.id}/connect`),
    );
  return (
    <>
      <Steps names={STEPS} at={step} />
      <form
        ref={form}
        className="grid max-w-[560px] gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (step < LAST) setStep(step + 1);
          else void create(new FormData(event.currentTarget));
        }}
      >
        <FormError problem={problem} shown={SHOWN} />
        <div {...page(0)}>
          <KindField
            kind={kind}
            onChange={(next) => {
              setKind(next);
              setPlugin(false);
              setIdentity("none");
            }}
          />
          <Field id={`${id}-name`} label="Name" error={fieldError(problem, "name")} hint="As people call it">
            {(ties) => (
              <Input
                {...ties}
                name="name"
                maxLength={100}
                value={name}
                onChange={(event) => setName(event.target.value)}
                autoComplete="off"
              />
            )}
          </Field>
          <Field
            id={`${id}-key`}
            label="Key"
            error={fieldError(problem, "key")}
            hint="What tokens, gateways and the log call it. It never changes"
          >
            {(ties) => (
              <Input
                {...ties}
                name="key"
                mono
                maxLength={63}
                value={key ?? suggestedKey(name)}
                onChange={(event) => setKey(event.target.value)}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
        </div>
        <div {...page(1)}>
          <HostsField hosts={hosts} onChange={setHosts} problem={problem} />
        </div>
        <div {...page(2)}>
          <IdentityField
            kind={kind}
            identity={identity}
            hasPlugin={hasPlugin}
            onChange={setIdentity}
            onPlugin={setPlugin}
            problem={problem}
          />
        </div>
        <div {...page(3)}>
          <RuleFields key={`${kind} ${identity}`} rules={presetRules(kind, identity)} problem={problem} />
          <FewNeed key={kind} kind={kind} problem={problem} />
        </div>
        <div className="flex gap-2 max-desk:*:flex-1">
          {step > 0 && <Button onClick={() => setStep(step - 1)}>Back</Button>}
          <Button type="submit" look="primary" disabled={!ready} busy={busy && "Making it …"}>
            {step < LAST ? "Next" : "Make application"}
          </Button>
          {step === 0 && (
            <ButtonLink look="quiet" href="/admin/applications">
              Cancel
            </ButtonLink>
          )}
        </div>
      </form>
    </>
  );
}
