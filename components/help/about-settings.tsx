import { Section } from "./section";

export function AboutSettings() {
  return (
    <Section id="settings" title="Settings (administrators, auditors)">
      <p>
        A <b>ceiling</b> holds every token of every person, or of every service account, whoever made it and by whatever
        rule: it only takes away. A new installation ends the tokens of persons after a year. Before a lower ceiling is
        saved, the page says what it would break, and you choose what happens to that, as with tiers.
      </p>
      <p id="whence">
        <b>Requests pass only from</b> these networks and ranges, whoever asks and with whatever credential; everything
        else is refused before anybody looks at it, also at this API. Empty is from anywhere. Signing in to these pages
        is not concerned, so nobody locks themselves out. Before narrower ranges are saved here, <b>Before you save</b>{" "}
        says how many came from outside in the last thirty days: tokens, what is not ours, and you yourself. A{" "}
        <a href="/admin/networks">network</a> that is named here is narrowed on its own page, for everything that names
        it at once, and that page says the same. What passes by <i>allow</i> leaves no trace, so set <i>observe</i> for
        some days first. Single addresses are tried in <a href="/admin/explain">Explain</a>.
      </p>
      <p id="how-often">
        <b>All tokens of one owner together</b> may be limited beside the rate of each token: so many requests a minute
        in the long run, so many at once. It is one number for everybody, because tiers limit what one token gets, and
        this limits what one person takes. <b>Failures of one address</b> are secrets that are none: beyond the limit
        they are answered 429, for a minute at first and longer each time, up to 16; of IPv6 a /64 counts as one
        address. A good token passes from there all the same.
      </p>
      <p>
        <b>Secrets begin with</b> <code>lk_</code>, so that they are recognised wherever somebody left them. Choose a
        prefix of your own and the old one retires: tokens that bear it go on working until they are rotated or end. A
        retired prefix can be removed when no token bears it. What still sends such a secret is then treated like any
        other credential that is not ours, by the application’s rule for it.
      </p>
      <p id="keys">
        <b>Keys</b> sign sessions, assertions and the audit log, and seal the secrets of authenticator apps. Latchkey
        made them itself; here stand their names and times, never the keys. Whoever runs the machine rotates one with
        the command beside it, while everything goes on: the next key, which everybody knows by then, takes over, and
        what the one before made stays good until the time that stands there.
      </p>
      <p id="how-long">
        <a href="#kept">What is kept, and for how long</a>, whoever runs the machine decides, by{" "}
        <code>RETENTION_USAGE_DAYS</code> (calls by hour) and <code>RETENTION_SIGHTINGS_DAYS</code> (addresses, programs
        and claimed names). These are personal data: choose periods that you can give a reason for.
      </p>
      <h3 id="quarantine">Quarantine</h3>
      <p>
        When a backup was restored, or a database was copied, tokens that somebody had revoked could work again. So
        Latchkey writes down outside the database what has ended, and looks at each start, and every second, whether the
        database still knows it; verifiers refuse by themselves where it does not know what they had applied. If it does
        not, or if it belongs to another address, every request is refused with 503 and everybody is signed out, until
        an administrator has looked: whoever runs the machine ends again what had ended (
        <code>latchkey journal replay</code>), or somebody says here that this database is the one that holds. Here that
        is possible only while the journal tells of nothing that would be undone and of nobody who may have come back
        with the backup; and while a restored backup waits, nothing is changed here: tokens and sessions can be ended,
        and the command line does the rest.
      </p>
    </Section>
  );
}
