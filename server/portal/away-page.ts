const AGAIN_SECONDS = 3;

/**
 * Asks for its own address until the answer is another one than that the database is away, and only then loads it. Not
 * all at once: many people may have this page before them.
 */
const SCRIPT = `
const again = () => setTimeout(ask, ${AGAIN_SECONDS * 1_000} * (0.5 + Math.random()));
const ask = () =>
  fetch(location.pathname + location.search, { method: "HEAD", cache: "no-store", redirect: "manual" })
    .then(({ status }) => (status === 503 ? again() : location.reload()), again);
again();`;

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
<noscript><meta http-equiv="refresh" content="${AGAIN_SECONDS}"></noscript>
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
