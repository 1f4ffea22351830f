// Whether what runs in this container does its work: the portal answers, the verifier is ready. Status 0 or 1.
const port = (name, standard) => process.env[name] || standard;
const [only] = process.argv.slice(2);

const CHECKS = {
  portal: async () =>
    (await fetch(`http://127.0.0.1:${port("PORTAL_PORT", 3000)}/sign-in`, { redirect: "manual" })).status < 500,
  verifier: async () => (await fetch(`http://127.0.0.1:${port("MANAGEMENT_PORT", 3002)}/readyz`)).ok,
};

const checks = only ? [CHECKS[only]] : Object.values(CHECKS);
const answers = await Promise.all(checks.map((check) => check?.().catch(() => false)));
process.exit(answers.every(Boolean) ? 0 : 1);
