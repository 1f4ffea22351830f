import { Section } from "./section";

export function AboutSettings() {
  return (
    <Section id="settings" title="Settings (administrators, auditors)">
      <p>
        A <b>ceiling</b> holds every token of every person, or of every service account, whoever made it and by whatever
        rule: it only takes away. A new installation ends the tokens of persons after a year. Before a lower ceiling is
        saved, the page says what it would break, and you choose what happens to that, as with tiers.
      </p>
      <p>
        <b>Secrets begin with</b> <code>lk_</code>, so that they are recognised wherever somebody left them. Choose a
        prefix of your own and the old one retires: tokens that bear it go on working until they are rotated or end. A
        retired prefix can be removed when no token bears it. What still sends such a secret is then treated like any
        other credential that is not ours, by the application’s rule for it.
      </p>
    </Section>
  );
}
