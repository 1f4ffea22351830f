import type { CredentialClass } from "#lib/applications/application";
import type { ApplicationView } from "#lib/applications/view";
import { Fact, Facts, None } from "../ui/facts";
import { CLASSES, KINDS, routesText } from "./application-words";

/** An application for who may look, not change. */
export function ApplicationFacts({ application }: { application: ApplicationView }) {
  const { kind, routes, identity, rules, credentials, paths } = application;
  const ways = [
    credentials.basic && "Basic",
    credentials.bearer && "Bearer",
    credentials.header,
    credentials.query && `?${credentials.query}=`,
  ].filter(Boolean);
  return (
    <Facts>
      <Fact name="What it is">{KINDS[kind]}</Fact>
      <Fact name="Hosts">
        {routes.length === 0 ? (
          <None>None</None>
        ) : (
          <span className="mono whitespace-pre-line">{routesText(routes)}</span>
        )}
      </Fact>
      <Fact name="Identity">{identity}</Fact>
      {(Object.keys(CLASSES) as CredentialClass[]).map((each) => (
        <Fact key={each} name={CLASSES[each]}>
          {rules[each]}
        </Fact>
      ))}
      <Fact name="Tokens come as">{ways.join(", ")}</Fact>
      <Fact name="Further paths">{paths.join(" ") || <None>None</None>}</Fact>
    </Facts>
  );
}
