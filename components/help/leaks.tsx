import { CodeBlock } from "../ui/code-block";
import { Sample, Section } from "./section";

const report = (portal: string) => `curl "${portal}/api/v1/leaks" \\
  --header 'Content-Type: application/json' \\
  --data '{"secrets": ["the secret"]}'`;

/** How whoever finds a secret ends it, and how a scanner does. */
export function Leaks({ portal }: { portal: string }) {
  return (
    <Section id="leaks" title="When you find a secret that leaked">
      <p>
        If the token is your own, <b>revoke</b> it on <i>My tokens</i>. Whoever finds somebody else’s, in a repository,
        a chat or a log, ends it without an account:
      </p>
      <Sample>
        <CodeBlock code={report(portal)} language="shell" label="Reporting a secret" />
      </Sample>
      <p>
        Having the secret is enough. It is ended at once, or by itself as soon as nothing keeps it from that, and its
        owner is told; so are the administrators, who also see from where the report came. The answer is always the same
        and waits for nothing, so it does not say whether the secret was one of ours. At most 100 at a time.
      </p>
      <p>
        <b>Secret scanners</b> (of a code platform, in CI, in a chat) know a secret by its form: a prefix,{" "}
        <code>lk</code> unless your administrators have chosen another, an underscore, and 38 letters and digits, of
        which the last six are a checksum: <code>{"\\blk_[0-9A-Za-z]{38}\\b"}</code>. Make that a pattern of your own
        there, and let a webhook or a job send here what it finds. Nothing need be set up on this side, and sending the
        same twice does no harm. Told to wait (429), <code>Retry-After</code> says how many seconds.
      </p>
      <p>
        Of a token that is being rotated only the secret that was found ends. Look at the other one, too: whoever had
        one may have had both.
      </p>
    </Section>
  );
}
