import { Section } from "./section";

export function YourAccount() {
  return (
    <Section id="account" title="Your account">
      <p>
        A password has 15 characters or more; a few unrelated words do well. Changing it signs you out on every other
        device. Your tokens go on: they do not know your password.
      </p>
      <p>
        You are signed out after 30 minutes without use, and after 12 hours in any case. Theme and account are in the
        menu at your name.
      </p>
    </Section>
  );
}
