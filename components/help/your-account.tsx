import { Section } from "./section";

export function YourAccount() {
  return (
    <>
      <Section id="account" title="Your account">
        <p>
          A password has 15 characters or more; a few unrelated words do well. Changing it signs you out on every other
          device. Your tokens go on: they do not know your password.
        </p>
        <p id="go-to">
          On every page <b>Go to, or find</b> (Ctrl-K, on a Mac ⌘-K) leads to pages, and to tokens by their name;
          administrators and auditors also find people, groups and applications there. A secret that is pasted into it
          is not sent: who manages tokens is asked whether to look up whose it is.
        </p>
        <p>
          Your account page lists where you are signed in, and ends what you do not know, with the changes to many
          tokens that it began; those go on when you sign out yourself. You are signed out after 30 minutes without use,
          and after 12 hours in any case. Theme and account are in the menu at your name.
        </p>
        <p>
          Your name and e-mail address are changed there too, unless a directory delivers them. Where an application
          allows it, scripts may send the e-mail address in place of the username; one that you had before goes on
          working for them, until an administrator takes it away. Times are shown in the time zone of your browser.
        </p>
      </Section>
      <Section id="second-factor" title="Second factor">
        <p>
          A second factor is something that you have, besides the password that you know: an authenticator app on your
          phone, which shows six digits that change every half minute, or a passkey, which asks for your finger, face or
          PIN. A stolen password opens nothing then. A passkey is the better one: it cannot be typed into a wrong page.
        </p>
        <p>
          Administrators and auditors need one: after their first sign-in they see nothing else until they have it.
          Everybody else may add one on their account page. Signing in then takes a second step.
        </p>
        <p>
          With the first one come ten recovery codes, shown once. Each lets you in once, in place of a code. Keep them
          for the day when your phone is gone. Without them, an administrator resets your second factor after seeing
          that it is you: you are signed out everywhere, and set up a new one.
        </p>
        <p>A code is good once. Wrong codes count like wrong passwords: you wait a little longer each time.</p>
      </Section>
    </>
  );
}
