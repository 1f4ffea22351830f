import { READY_PATH } from "#lib/ready-path";

/** What comes between two questions: at first, doubled after each, and at most; somewhat less, by chance. */
const [FIRST_MS, MOST_MS] = [3_000, 60_000];

/**
 * Asks whether the database answers, as long as somebody looks at the page, and only then loads it again: that may be
 * much to ask. What fails all the same is not loaded more often: the pause of before is kept for its next time. Not all
 * at once: many people may have this page before them.
 */
const SCRIPT = `
const address = location.pathname + location.search;
const kept = () => {
  try {
    const { of, pause, at } = JSON.parse(sessionStorage.getItem("latchkey-away"));
    return of === address && Date.now() - at < ${2 * MOST_MS} ? pause : ${FIRST_MS};
  } catch {
    return ${FIRST_MS};
  }
};
let pause = kept();
const later = () => {
  setTimeout(ask, pause * (0.5 + Math.random() / 2));
  pause = Math.min(pause * 2, ${MOST_MS});
};
const ask = () => {
  if (document.visibilityState !== "visible") document.addEventListener("visibilitychange", ask, { once: true });
  else
    fetch("${READY_PATH}", { cache: "no-store", redirect: "manual" })
      .then(({ status }) => (status === 204 ? again() : later()), later);
};
const again = () => {
  try {
    sessionStorage.setItem("latchkey-away", JSON.stringify({ of: address, pause, at: Date.now() }));
  } catch {}
  location.reload();
};
later();`;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { box-sizing: border-box; width: min(432px, 100%); padding: 32px; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 0 8px; }
p { margin: 0 0 12px; }
.name { font-weight: 600; margin-bottom: 28px; }`;

/**
 * What a browser gets in place of a page while the database is away. It needs nothing else of ours, and goes on to the
 * page by itself as soon as there is one.
 * @param nonce that of the response's policy
 */
export function awayPage(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>The database does not answer · Latchkey</title>
<noscript><meta http-equiv="refresh" content="${MOST_MS / 1_000}"></noscript>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<p class="name">Latchkey</p>
<h1>The database does not answer</h1>
<p role="status">It is not your mistake, and nothing of yours was changed. This page goes on by itself as soon as the
database answers.</p>
<p>If it stays, tell your administrator: until then nobody can see or change tokens here, and after a short while
gateways refuse all of them.</p>
</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
}
