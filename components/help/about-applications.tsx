import { Section } from "./section";

/** What stands behind gateways, and what an application says of its requests. */
export function AboutApplications() {
  return (
    <Section id="applications" title="Applications (administrators, auditors)">
      <p>
        An application is what stands behind a gateway: hosts with a context path, how the user’s identity reaches it,
        and a rule for every credential that is not a token. <b>Observe</b> lets it pass and records who came with what,{" "}
        <b>allow</b> lets it pass, <b>block</b> refuses it.
      </p>
      <p id="application">
        On an application’s page <i>Who still comes without a token</i> lists what was seen. Its names are claimed, not
        verified: nobody checked the password. Ask these people before you block.
      </p>
      <p id="exceptions">
        <b>Exceptions</b> let something pass although its rule blocks: passwords of some users, or anything on some
        paths. Where users and paths are both named, both must fit. A name is only claimed: whoever knows it can send
        it, so an exception by name is for the time until a script has its token, not for ever. What an exception lets
        through is listed like what is observed.
      </p>
      <p id="read-packs">
        Tokens reach the application’s REST API and attachments, not its pages. <b>Read packs</b> open what is commonly
        needed beyond that, each with who needs it; <i>Further paths</i> opens any other. When a request is refused,
        Explain names the pack that would let it pass.
      </p>
      <p id="path-filter">
        The <b>path filter</b> refuses tokens paths that a gateway and the application could read differently, or that
        attacks are made of. Set a rule to <i>observe</i> where good requests are refused: they pass, and{" "}
        <i>What the path filter recognised</i> lists them, under every rule that did. <i>Off</i> looks for nothing any
        more. Others than tokens are never refused by it. What mints credentials or opens sessions stays closed to
        tokens, however its path is written.
      </p>
      <p id="unusual-requests">
        A <b>WebSocket</b> with a token is refused unless the application allows it; then the token must be one that may
        write, because nobody sees what goes through it. Behind Envoy, Istio, Traefik and APISIX it stays closed: they
        do not tell us of one, or let none through. <b>CORS preflights</b> are what browsers ask, without a credential
        or cookie, before a page of another site may call: let them pass where <i>No credential</i> is blocked and such
        pages are wanted. The application answers them.
      </p>
      <p id="assertion">
        With identity <b>jwt</b> the application is told who it is by a signed assertion, as Bearer and in{" "}
        <code>X-Latchkey-Assertion</code>: a JWT (ES256) for that application, good for a minute and for the one method,
        host and path of its request. It verifies it by the keys at <code>/.well-known/jwks.json</code> of the verifier,
        and need not trust the network between. What passed before has to be decided anew here too.
      </p>
      <p>
        With identity <b>header</b> the application believes the name that the gateway tells it. Nothing else may reach
        its port then, and what passed before has to be decided anew, rule by rule.
      </p>
    </Section>
  );
}
