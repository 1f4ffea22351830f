import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Shipped } from "./nginx-files";

const NAMES = ["latchkey.conf", "server.conf", "example.conf", "gateway-key.conf.example"] as const;

/**
 * Reads what the project ships for nginx: the page shows the very files that the tests run, never a second telling.
 * @throws when the folder is not there: portal and command line are started in the project
 */
export async function readShipped(): Promise<Shipped> {
  const folder = join(process.cwd(), "gateways", "nginx");
  const [http, server, example, key] = await Promise.all(NAMES.map((name) => readFile(join(folder, name), "utf8")));
  return { http: http ?? "", server: server ?? "", example: example ?? "", key: key ?? "" };
}
