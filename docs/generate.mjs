// Writes what is generated from the verifier's catalogues, and from the table of what is proven of gateways:
// `node docs/generate.mjs`. Tests keep the files up to date.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

async function load(file) {
  const options = { entryPoints: [`${root}${file}`], bundle: true, platform: "node", format: "esm", write: false };
  const { outputFiles } = await build(options);
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

const { verificationPage } = await load("lib/verification/documentation.ts");
const { nginxReasonMap } = await load("lib/verification/nginx-reasons.ts");
const { gatewaysPage } = await load("test/gateways/page.ts");
writeFileSync(`${root}docs/gateways.md`, gatewaysPage());
writeFileSync(`${root}docs/verification.md`, verificationPage());
writeFileSync(`${root}gateways/nginx/reasons.conf`, nginxReasonMap());
