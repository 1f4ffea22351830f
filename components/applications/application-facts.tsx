import type { CredentialClass } from "#lib/applications/application";
import type { ApplicationView } from "#lib/applications/view";
import { Fact, Facts, None } from "../ui/facts";
import { CLASSES, exceptionText, KINDS, routesText } from "./application-words";

/** An application for who may look, not change. */
export function ApplicationFacts({ application }: { application: ApplicationView }) {
  const { kind, routes, identity, rules, exceptions, credentials, paths, readPacks, pathFilter } = application;
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
          {exceptions[each] && ", but for "}
          {exceptions[each] && <span className="mono">{exceptionText(exceptions[each])}</span>}
        </Fact>
      ))}
      <Fact name="Tokens come as">{ways.join(", ")}</Fact>
      <Fact name="Further paths">{paths.join(" ") || <None>None</None>}</Fact>
      <Fact name="Read packs">{readPacks.join(", ") || <None>None</None>}</Fact>
      <Fact name="Path filter">
        {Object.entries(pathFilter)
          .map(([rule, mode]) => `${rule}: ${mode}`)
          .join(", ") || <None>As preset</None>}
      </Fact>
      <Fact name="WebSocket">{application.webSocket ? "Tokens that may write" : "Never with a token"}</Fact>
      <Fact name="CORS preflights">{application.preflight ? "Pass" : "As what has no credential"}</Fact>
      <Fact name="Introspection of restricted tokens">
        {application.introspectRestricted ? "Counted as good" : "Inactive"}
      </Fact>
    </Facts>
  );
}
