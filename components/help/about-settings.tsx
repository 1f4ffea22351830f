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
      <h3 id="quarantine">Quarantine</h3>
      <p>
        When a backup was restored, or a database was copied, tokens that somebody had revoked could work again. So
        Latchkey writes down outside the database what has ended, and looks at each start, and every second, whether the
        database still knows it. If it does not, or if it belongs to another address, every request is refused with 503
        and everybody is signed out, until an administrator has looked: whoever runs the machine ends again what had
        ended (<code>latchkey journal replay</code>), or somebody says here that this database is the one that holds.
      </p>
    </Section>
  );
}
