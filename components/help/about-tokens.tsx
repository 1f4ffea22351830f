import { ClaimLinks } from "./claim-links";
import { Leaks } from "./leaks";
import { OwnBehalf } from "./own-behalf";
import { Section } from "./section";

/** What tokens are, and what one does with them. @param portal its public address */
export function AboutTokens({ portal }: { portal: string }) {
  return (
    <>
      <Section id="what" title="What an API token is">
        <p>
          A token stands in for your password in a script or on a platform. Like the key card of a hotel room:{" "}
          <b>it is only for you, it opens only your door, and it is not forever.</b>
        </p>
        <ul>
          <li>It acts in your name, and never does more than you may do yourself.</li>
          <li>It can be narrowed: to one application, to only reading, to your network, to a few weeks.</li>
          <li>Ending it touches nothing else. Your password stays what it is.</li>
        </ul>
        <p>
          Make one token for each thing that needs one. If one leaks, you end that one, and everything else goes on.
        </p>
      </Section>
      <Section id="my-tokens" title="My tokens">
        <p>
          First comes what needs you: tokens that end within 14 days, that are suspended, or whose old secret is about
          to stop. Then what is in use, the latest used first. Ended tokens stay visible and count against nothing.
        </p>
        <p>
          The bar shows how much of a token’s life is over. <b>Last used</b> is at most a minute behind.
        </p>
      </Section>
      <Section id="new-token" title="Making a token">
        <ol>
          <li>Say what will use it. The name is how you find it again, and what an administrator sees.</li>
          <li>Choose the application, and whether it may change things. Most integrations only read.</li>
          <li>Choose when it ends and from where it may come. The sentence at the side says what you are making.</li>
          <li>Copy the secret. It is shown once, because only a digest of it is kept.</li>
        </ol>
        <p>
          For a wiki page or a runbook, link to a form that is filled in already, for example{" "}
          <code>/tokens/new?name=Nightly%20report&amp;application=jira&amp;access=read&amp;expires=30d</code>. Opening
          such a link makes nothing; it can only fill in what the reader may choose. It knows <code>name</code>,{" "}
          <code>description</code>, <code>use</code>, <code>application</code>, <code>access</code>,{" "}
          <code>expires</code>, <code>network</code> and <code>contact</code>.
        </p>
      </Section>
      <Section id="token" title="Rotating, suspending, revoking">
        <p>
          <b>Rotate</b> gives you a new secret with the same rights. The old one goes on for as long as you choose,
          never past its own end, so you can change it wherever it is used without a gap. Two work at a time: rotate the
          new one too, and what came before it stops at once.
        </p>
        <p>
          <b>Suspend</b> stops a token and lets you resume it: for when something looks wrong, or while you are away.
          What an administrator suspended, an administrator resumes.
        </p>
        <p>
          <b>Revoke</b> is for good. The page tells you when every gateway knows it; usually that takes a fraction of a
          second.
        </p>
      </Section>
      <Section id="editing" title="Editing">
        <p>
          <b>Edit</b> changes what is said about a token and how far it reaches; its secret stays. You may widen a token
          of your own as far as your tier lets you make one today, and its lifetime goes on counting from when its
          secret was made. A token that was issued to you can only be narrowed, and so can every token that you manage
          for somebody else.
        </p>
        <p>
          While an old secret still works beside a new one, narrowing the new one narrows both, and widening it leaves
          the old one as it is. What you exchange, one path for another say, leaves the old one what both allow; where
          that cannot be said, revoke only the old one first, or wait until it stops.
        </p>
      </Section>
      <OwnBehalf />
      <Leaks portal={portal} />
      <Section id="narrowing" title="A token for one job">
        <p>
          Under <b>More</b> a token can be narrowed to what its job needs: to paths (
          <code>GET /rest/api/2/issue/**</code>: <code>*</code> is one segment, <code>**</code> any number,{" "}
          <code>*</code> as method any; paths count from where the application begins), to requests that carry a header,
          to times of day in one time zone, and to so many requests a minute.
        </p>
        <p>
          Who calls too often is answered 429 with <code>Retry-After</code>: wait so many seconds, then go on. Where
          several verifiers share no Redis, each counts for itself. Refused requests count apart from the allowed ones.
          If your tier has a highest rate, every token of yours has it, or a lower one that you choose.
        </p>
      </Section>
      <ClaimLinks />
      <Section id="tiers" title="What you may create, and why">
        <p>
          Your <b>tier</b> decides how long your tokens may live, whether they may write, which applications they may
          reach and how many you may have. It follows from the groups you are in: the first tier that matches you alone
          decides. Every limit on <b>New token</b> names its tier.
        </p>
        <p>
          If your group changes, your tokens follow at once: what the new tier does not grant is refused, even if the
          token says more. To get more, ask an administrator which group has it.
        </p>
      </Section>
    </>
  );
}
