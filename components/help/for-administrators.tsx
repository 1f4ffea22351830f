import { CodeBlock } from "../ui/code-block";
import { AboutApplications } from "./about-applications";
import { AboutPeople } from "./about-people";
import { AboutSettings } from "./about-settings";
import { Sample, Section } from "./section";

const CONNECT = `npm run latchkey -- application create --key jira --name Jira --kind jira --route jira.example.com
npm run latchkey -- gateway create --key gw1 --adapter nginx --application jira`;

const PEOPLE = `npm run latchkey -- user create --username mara.lindqvist --group api-users --password-stdin
npm run latchkey -- group add --name api-users --user tomasz.wojcik`;

export function ForAdministrators() {
  return (
    <>
      <Section id="overview" title="Overview">
        <p>
          Yours tells what needs you: tokens that were refused, that end within two weeks, that something still sends
          though they have ended, whose waiver ends, that have no secret yet, or that nothing used in their first month.
          Below it the calls with all your tokens.
        </p>
        <p>
          Administrators and auditors see the whole installation: first what needs somebody today: ended tokens that
          something still sends, tokens whose owner or delegation is gone, waivers and secrets about to end that are in
          use, gateways that have not called for three hours, people with a role who have no second factor, service
          accounts that nobody maintains. What is quiet is left out.
        </p>
        <p>
          Below it the numbers. Days are those of your own calendar. <b>Not decided</b> means that the verifier could
          not say: a database that did not answer, for example. Names of who still uses a password are claimed, not
          verified.
        </p>
      </Section>
      <Section id="manager" title="Token manager (administrators, auditors)">
        <p>
          Every token of everybody. The tabs are views; <b>Filter</b> narrows by anything else, and a column’s head
          sorts by it, <b>Columns</b> leaves some out, <b>Save view</b> keeps it all as a tab of yours. All of that is
          in the address, so it can be shared and kept as a bookmark. <b>Export CSV</b> follows the filter, and is noted
          in the audit log.
        </p>
        <p>
          Search finds names, descriptions, hints, owners, contacts and labels; one or two letters find only beginnings
          of names. Beyond 10,000 tokens nobody counts on. <b>Calls 30 d</b> counts refused requests too.
        </p>
        <p id="off-tier">
          <b>Off tier</b> stands at tokens that could not be made today as they are: their owner’s tier, the delegation
          or a ceiling allows less by now; point at it to read what. <b>Filter</b>, <i>Its policy: broken</i>, finds all
          of them, those that a waiver lets through too. Right after a change of tiers, of many groups at once or of
          ceilings the first such search may take some seconds.
        </p>
        <p>
          Somebody found a secret? <b>Find by secret</b> says whose it is, and revokes it. A secret that is pasted into
          the search goes there too, before anything is sent.
        </p>
        <p>
          Revoking a token of somebody else is a power of its own: a delegation with <b>end</b> grants it. Auditors see
          everything and change nothing.
        </p>
      </Section>
      <Section id="many-tokens" title="Many tokens at a time">
        <p>
          Choose tokens by their boxes, on as many pages as you like, or choose one and then <b>Select all</b> that the
          filter finds, at most 10,000. Before anything begins you see how many would change, whose they are, and what
          is refused and why: each token is judged as if it were the only one. By keyboard, Tab leads from the box
          chosen last to what can be done.
        </p>
        <p>
          Then it goes on by itself. Leave the page and come back: the token manager names what is going on. It goes on
          after a restart too, and does nothing twice. If you lose the right to it meanwhile, the rest is refused.
          Revoking takes the old secret of a rotated token with it. An end can be brought nearer; only its owner lets a
          token live longer.
        </p>
      </Section>
      <AboutPeople />
      <Section id="policies" title="Policies (administrators, auditors)">
        <p>
          Tiers are read from the top: the first that matches a person decides alone, and what it does not grant is not
          granted. Put them in order by dragging, or with the arrows. Under each stands for how many of its members it
          decides; the others are caught by tiers above.
        </p>
        <p id="new-policy">
          A <b>new tier</b> says whom it is for, whether their tokens work, and how far tokens of their own may go.
          Where it stands decides: above others it takes their members over. <b>A token may rotate itself</b> lets a
          script replace its own secret, never for longer; whoever has stolen a secret could do so too, so its owner is
          told. It needs a tier that lets its members make tokens, for tokens that were issued to them as well.
        </p>
        <p id="policy">
          Before a change is saved, the page says what it would do: who changes tier, and which tokens would be refused
          something, end later or may be used more often than the new limit allows. You choose what happens to them.{" "}
          <b>Leave</b> gives them a waiver until a date: they go on as they are. <b>Shorten</b> ends what lives too long
          at the new limit, never before a date, spread over days. <b>Reduce</b> narrows them at once, a rate to the new
          highest; the others leave a rate until the token is rotated. <b>End</b> ends them on a date. Only taking away{" "}
          <i>use</i> stops tokens at once, whatever you choose.
        </p>
        <p>
          <b>Simulate</b> says what the rules let somebody do, and whose rule decides; on a tier’s own page also what
          they would say if it were saved as it stands there. A single token gets a waiver, another end of it, or none
          any more on its own page; nobody gives one to a token of their own. No change can lock every administrator
          out.
        </p>
      </Section>
      <Section id="delegations" title="Delegations (administrators, auditors)">
        <p>
          A delegation gives the members of groups power over tokens of others: to issue, to end, to manage, to approve,
          each for the people in its scope. A role alone gives no such power, to administrators neither.
        </p>
        <p id="new-delegation">
          A <b>new delegation</b> names who gets the power, which powers, over whom, and how far the tokens may go that
          are issued under it. Whether an issuer sees the secret of a service account is said here too.
        </p>
        <p id="delegation">
          When a delegation is deleted, the tokens that were issued under it remember it, and have what you choose then:
          usually a waiver until a date. One delegation that ends every token always remains.
        </p>
      </Section>
      <Section id="networks" title="Networks (administrators, auditors)">
        <p>
          A network is a named list of address ranges: <i>office</i>, <i>ci</i>. Tiers, delegations and tokens name it
          instead of repeating its ranges, so a change holds for all of them at once. Its page says what names it.
        </p>
        <p id="new-network">
          A <b>new network</b> is a name and its ranges, one a line: <code>192.0.2.0/24</code>,{" "}
          <code>2001:db8::/32</code>, or a single address.
        </p>
        <p id="network">
          While something names a network, it keeps its name and cannot be deleted. A network without a range holds
          nothing: a token that may only be used from it works nowhere.
        </p>
      </Section>
      <Section id="audit" title="Audit log (administrators, auditors)">
        <p>
          Every change is a sentence in the log, written together with the change: if it cannot be written, the change
          is refused. Nobody can alter it: each event is sealed together with the one before. The page checks the last
          thousand at every look, and <code>npm run latchkey -- audit verify --note</code> all of them.
        </p>
        <p id="audit-event">An event’s own page says who, from where, and what stood there before and after.</p>
        <p>
          <b>Who</b> takes a name as the log has it; of a user it also finds what their tokens did. <b>About</b> takes a
          name or an id, <b>Search</b> a part of a name of three characters or more. Each event has an address of its
          own that you can pass on.
        </p>
        <p>
          The export holds what the filter finds, oldest first, as CSV for a spreadsheet or as NDJSON, one JSON object a
          line, for programs. The log notes who exported what.
        </p>
      </Section>
      <AboutApplications />
      <Section id="introspection" title="Introspection (administrators)">
        <p>
          An application that checks tokens itself asks the verifier by introspection (RFC 7662): it is set up as a
          gateway with the adapter <b>api</b>, and asks at <code>/oauth2/introspect</code> with that gateway’s key and
          secret. It sends the token and nothing else, so limits to addresses, headers, paths or times cannot be judged:
          a token with such limits is inactive there. On the application’s page you can let them count all the same.
          Then only the application itself can hold a token to them.
        </p>
        <p>
          Applications may keep an answer for a minute: so long a revoked token may go on working there. Give each
          application that asks a gateway of its own.
        </p>
      </Section>
      <Section id="gateways" title="Gateways (administrators, auditors)">
        <p>
          A gateway stands in front of applications and asks Latchkey about each request. It has a secret of its own,
          which is shown once, and asks only about the applications that you name, only from the addresses that you
          name; without any, from this machine.
        </p>
        <p id="new-gateway">
          A <b>new gateway</b> says which program asks and for which applications. Its secret is shown this once; put it
          into the gateway’s configuration, readable by it alone.
        </p>
        <p id="trusted-proxies">
          Where <b>proxies stand in front of it</b>, name them and say how many of them a request comes through at most.
          In the list that the gateway reports (<code>X-Forwarded-For</code>, adapters forward and envoy by HTTP) an
          entry is passed over from the right only while both say so; the first that is no such proxy is the client, and
          what stands left of it is the client’s own invention. Name the proxies alone, not the network where clients
          are too: a request from such a proxy that does not say readably for whom is refused. The configurations on the
          gateway’s page then pass the list on, of these proxies alone: write them to the gateway again after a change
          here. nginx knows its proxies itself (<code>set_real_ip_from</code>), and Envoy by gRPC and Istio say whose
          connection it is: for those leave both fields empty.
        </p>
        <p id="gateway">
          Its page has the configuration for its program (nginx, Caddy, HAProxy, Apache, Traefik, Envoy, Istio), filled
          in. <i>Has not called yet</i> means that no request has come by since it was made: look at its log, its key
          and its secret. A new secret leaves a day to change the configuration; the one before the old one stops at
          once.
        </p>
        <p>
          One that has called cannot be deleted, because its history names it. Take its applications away instead:
          everything that it asks is refused then.
        </p>
      </Section>
      <Section id="explain" title="Explain">
        <p>
          <a href="/admin/explain">Explain</a> judges a request that you describe by the very list that gateways are
          answered from, and shows each step: which refused it, whose rule that is, and where it is changed. Asking
          changes nothing: no use is counted, no rate is spent. It is judged as of now, or by the clock of the time that
          you say, with the rules of now.
        </p>
        <p>
          A refusal carries a request id. For thirty days it tells how that request was judged then, beside how it would
          be judged now, or says why that cannot be told: of its query and headers only is kept that they decided. Of
          many refusals from one address or of one token only the first fifty of an hour are kept; never a secret, never
          the query.
        </p>
        <p>
          Everybody has requests with their own tokens explained; administrators and auditors all. A secret that you
          paste is sent once, kept nowhere and never part of an address.
        </p>
      </Section>
      <Section id="connect" title="Connecting your first application (administrators)">
        <p>
          <a href="/admin/applications/new">Connect an application</a> asks what it is and under which hosts it is
          found, presets the rules, and ends with the configuration to copy; the page then says when the gateway calls.
          The command line does the same. The second command prints the gateway’s secret, once.
        </p>
        <Sample>
          <CodeBlock code={CONNECT} language="shell" label="Connect an application" />
        </Sample>
        <p id="connecting">
          Then put the configuration that its page shows in front of the application, with that key and secret.
          Passwords and other credentials are only observed at first, so nothing that works today breaks.
        </p>
        <p id="trying">
          <em>Try it</em> on that page asks through the gateway, from the portal’s machine, and ticks what was measured:
          not that an answer came, but that the gateway asked us about it. For that it makes a token of yours that only
          reads, for this one application, and revokes it at once; the audit log tells both. The write that must be
          refused is a <code className="mono">DELETE</code> of a name that nothing has, and is sent only after the read
          came by us. A certificate that the portal’s machine does not trust is told and not passed over. The
          application’s own address is only connected to; on the portal’s own machine that says nothing about others.
          Whether a forged <code className="mono">X-Latchkey-User</code> arrives can be seen only where the application
          says whom it took us for, as Atlassian’s do; else try it by hand with curl.
        </p>
        <p>Add people, or put those who exist into the group that may have tokens:</p>
        <Sample>
          <CodeBlock code={PEOPLE} language="shell" label="Add people" />
        </Sample>
      </Section>
      <AboutSettings />
    </>
  );
}
